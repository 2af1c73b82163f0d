import type { AppError } from '@patchbay/errors';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createIdentityFixture, day, dumpDatabase, hour, type IdentityFixture } from './identity-fixture.ts';

let fixture: IdentityFixture;
const address = '10.0.0.1';
const password = 'planted correct horse';

beforeAll(async () => {
  fixture = await createIdentityFixture(inject('databaseUrl'));
});

afterAll(() => fixture.close());

const codeOf = (error: unknown): string => (error as AppError).code;
const failure = (code: string): unknown => expect.objectContaining({ code });
const withPassword = async (tenantId = 'a') => {
  const user = await fixture.signedIn(tenantId);
  await fixture.identity.setPassword(user.principal, { password });
  return user;
};

describe('signing in with a password', () => {
  it('opens a session that says who and where', async () => {
    const { email } = await withPassword();
    const signedIn = await fixture.identity.signIn({ email: ` ${email.toUpperCase()} `, password, address });
    expect(signedIn.session).toMatchObject({
      user: { email, role: 'enterprise_admin', hasPassword: true },
      tenant: { id: 'a', name: 'A' },
      expires: signedIn.expires.toISOString(),
    });
    const principal = await fixture.identity.authenticate({ sessionSecret: signedIn.secret });
    expect(principal).toMatchObject({ tenantId: 'a', userId: signedIn.session.user.id, via: 'session' });
    expect(JSON.stringify(principal)).not.toContain(signedIn.secret);
  });

  it('says the same for a wrong password, an unknown e-mail, and a user without a password', async () => {
    const { email } = await withPassword();
    const without = await fixture.signedIn('a');
    for (const who of [email, 'nobody@nowhere.example', without.email]) {
      const attempt = fixture.identity.signIn({ email: who, password: 'wrong', address });
      await expect(attempt).rejects.toEqual(failure('invalid_credentials'));
    }
    await expect(fixture.identity.signIn({ email: 'a\0', password, address })).rejects.toEqual(
      failure('validation_error'),
    );
  });

  it('stops guessing per account and address, also when all guesses come at once, and lets go after a while', async () => {
    const { email } = await withPassword();
    const guess = (from: string) => fixture.identity.signIn({ email, password: 'guess', address: from });
    const codes = await Promise.all(Array.from({ length: 14 }, () => guess('10.9.9.9').catch(codeOf)));
    expect(codes.filter((code) => code === 'invalid_credentials')).toHaveLength(10);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(4);
    const right = { email, password, address: '10.9.9.9' };
    const blocked: unknown = await fixture.identity.signIn(right).catch((error: unknown) => error);
    expect(blocked).toMatchObject({ code: 'rate_limited', details: { retryAfterMs: 15 * 60_000 } });
    await expect(fixture.identity.signIn({ ...right, address: '10.9.9.8' })).resolves.toBeDefined();
    fixture.pass(15 * 60_000 + 1);
    await expect(fixture.identity.signIn(right)).resolves.toBeDefined();
  });

  it('never counts a success', async () => {
    const { email } = await withPassword();
    for (let round = 0; round < 12; round += 1) await fixture.identity.signIn({ email, password, address: '10.7.7.7' });
  });
});

describe('a one-time link', () => {
  const aLink = async () => {
    const { principal } = await fixture.signedIn('a');
    return fixture.identity.issueSignInLink({ tenantId: 'a', userId: principal.userId });
  };

  it('works once, also when ten requests bring it at the same time', async () => {
    const token = await aLink();
    const all = await Promise.allSettled(
      Array.from({ length: 10 }, () => fixture.identity.signInByLink({ token, address })),
    );
    expect(all.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    await expect(fixture.identity.signInByLink({ token, address })).rejects.toEqual(failure('sign_in_link_invalid'));
  });

  it('ends after 24 hours', async () => {
    const [early, late] = [await aLink(), await aLink()];
    fixture.pass(day - 1000);
    await expect(fixture.identity.signInByLink({ token: early, address })).resolves.toBeDefined();
    fixture.pass(2000);
    await expect(fixture.identity.signInByLink({ token: late, address })).rejects.toEqual(
      failure('sign_in_link_invalid'),
    );
  });

  it('cannot be guessed for long', async () => {
    const guess = () => fixture.identity.signInByLink({ token: 'guess', address: '10.6.6.6' }).catch(codeOf);
    const codes = await Promise.all(Array.from({ length: 52 }, guess));
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(2);
  });
});

describe('a session', () => {
  it('ends on the server when its user signs out', async () => {
    const { principal, secret } = await fixture.signedIn('a');
    expect(await fixture.identity.signOut(principal)).toEqual({ result: 'deleted' });
    expect(await fixture.identity.authenticate({ sessionSecret: secret })).toBeUndefined();
  });

  it('ends after 14 days', async () => {
    const { secret } = await fixture.signedIn('a');
    fixture.pass(14 * day - 1000);
    expect(await fixture.identity.authenticate({ sessionSecret: secret })).toBeDefined();
    fixture.pass(2000);
    expect(await fixture.identity.authenticate({ sessionSecret: secret })).toBeUndefined();
  });

  it('is not made by anything else', async () => {
    const { principal } = await fixture.signedIn('a');
    for (const sessionSecret of ['', 'x', principal.sessionId ?? '']) {
      expect(await fixture.identity.authenticate({ sessionSecret })).toBeUndefined();
    }
    expect(await fixture.identity.authenticate({})).toBeUndefined();
  });
});

describe('setting a password', () => {
  it('ends the other sessions and the open links of that user, and nobody else’s', async () => {
    const [user, other] = [await fixture.signedIn('a'), await fixture.signedIn('a')];
    const link = () => fixture.identity.issueSignInLink({ tenantId: 'a', userId: user.principal.userId });
    const second = await fixture.identity.signInByLink({ token: await link(), address });
    const open = await link();
    expect(await fixture.identity.setPassword(user.principal, { password })).toMatchObject({
      result: 'updated',
      revision: 2,
    });
    expect(await fixture.identity.authenticate({ sessionSecret: user.secret })).toBeDefined();
    expect(await fixture.identity.authenticate({ sessionSecret: second.secret })).toBeUndefined();
    expect(await fixture.identity.authenticate({ sessionSecret: other.secret })).toBeDefined();
    await expect(fixture.identity.signInByLink({ token: open, address })).rejects.toEqual(
      failure('sign_in_link_invalid'),
    );
  });

  it('needs the current one, which cannot be guessed', async () => {
    const { email } = await withPassword();
    const { secret } = await fixture.identity.signIn({ email, password, address });
    const principal = await fixture.identity.authenticate({ sessionSecret: secret });
    if (principal === undefined) throw new Error('signed in');
    const change = (current?: string) =>
      fixture.identity.setPassword(principal, { password: `${password} 2`, current });
    await expect(change()).rejects.toEqual(failure('invalid_credentials'));
    await expect(change('wrong')).rejects.toEqual(failure('invalid_credentials'));
    await expect(change(password)).resolves.toBeDefined();
    const guesses = Array.from({ length: 12 }, () => change('guess').catch(codeOf));
    expect(await Promise.all(guesses)).toContain('rate_limited');
    await expect(fixture.identity.signIn({ email, password, address })).rejects.toEqual(failure('invalid_credentials'));
    await expect(fixture.identity.signIn({ email, password: `${password} 2`, address })).resolves.toBeDefined();
  });

  it('replaces a forgotten one in the first hour of a session by link, not later, and never with a token', async () => {
    const user = await withPassword();
    await expect(fixture.identity.setPassword(user.principal, { password })).resolves.toBeDefined();
    await expect(fixture.identity.setPassword(user.principal, { password, current: 'wrong' })).rejects.toEqual(
      failure('invalid_credentials'),
    );
    fixture.pass(hour + 1);
    await expect(fixture.identity.setPassword(user.principal, { password })).rejects.toEqual(
      failure('invalid_credentials'),
    );
    const { token } = await fixture.identity.createToken(user.principal, { name: 'ci' });
    const byToken = await fixture.identity.authenticate({ token });
    if (byToken === undefined) throw new Error('the token is valid');
    await expect(fixture.identity.setPassword(byToken, { password })).rejects.toEqual(failure('forbidden_role'));
  });
});

describe('the database', () => {
  it('holds no password, session, link or token that could be used', async () => {
    const user = await withPassword();
    const link = await fixture.identity.issueSignInLink({ tenantId: 'a', userId: user.principal.userId });
    const { token } = await fixture.identity.createToken(user.principal, { name: 'planted' });
    const dump = await dumpDatabase(fixture.database);
    expect(dump).toContain('scrypt$ln=10,r=8,p=1$');
    const secretPart = token.split('_').slice(2).join('_');
    for (const secret of [password, user.secret, link, secretPart]) expect(dump).not.toContain(secret);
  });
});
