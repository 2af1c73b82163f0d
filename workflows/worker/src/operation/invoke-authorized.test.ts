import { describe, expect, it } from 'vitest';
import type { OperationCall as RuntimeCall } from '@patchbay/connector-runtime';
import { AppError } from '@patchbay/errors';
import { invokeAuthorized, type OpenCall } from './invoke-authorized.ts';
import type { ConnectionSecrets } from './operation-services.ts';

const connection: ConnectionSecrets = {
  connectionId: 'c',
  connectorSlug: 's',
  authType: 'oauth2',
  credentials: { access_token: 'old' },
  enabled: true,
  authorization: 'authorized',
};
const unauthorized = new AppError('remote_unauthorized', { details: { status: 401, wasSent: true } });

/** An external system that knows the new token only; `tokens` are those it saw. */
function aRemote() {
  const tokens: (string | undefined)[] = [];
  const invoke = ({ credentials }: RuntimeCall) => {
    tokens.push(credentials['access_token']);
    return credentials['access_token'] === 'new' ? Promise.resolve({ output: 'done' }) : Promise.reject(unauthorized);
  };
  return { tokens, runtime: { invoke } };
}

function aCall(runtime: string, effect: string): OpenCall {
  const manifest = { runtime } as unknown as OpenCall['manifest']; // nothing else of it is read
  return { tenantId: 't', manifest, operation: 'o', input: {}, effect, timeoutMs: 1_000 } as OpenCall;
}

const renew = () => Promise.resolve({ ...connection, credentials: { access_token: 'new' } });

describe('invokeAuthorized', () => {
  it.each([
    ['declarative', 'once'],
    ['declarative', 'read'],
    ['sandbox', 'idempotent'],
  ])('repeats a refused call of a %s connector with effect %s once', async (runtime, effect) => {
    const remote = aRemote();
    const result = await invokeAuthorized(remote.runtime, aCall(runtime, effect), { connection, readAgain: renew });
    expect(result.output).toBe('done');
    expect(remote.tokens).toEqual(['old', 'new']);
  });

  it('gets a new token, but does not begin package code again that must happen once', async () => {
    const remote = aRemote();
    const asked: string[] = [];
    const readAgain = (token: string) => {
      asked.push(token);
      return renew();
    };
    const call = invokeAuthorized(remote.runtime, aCall('sandbox', 'once'), { connection, readAgain });
    await expect(call).rejects.toBe(unauthorized);
    expect([asked, remote.tokens]).toEqual([['old'], ['old']]);
  });

  it('leaves other refusals and other ways of signing in alone', async () => {
    const remote = aRemote();
    const readAgain = () => Promise.reject(new Error('not asked'));
    const byKey = { ...connection, authType: 'api_key' };
    const call = aCall('declarative', 'read');
    await expect(invokeAuthorized(remote.runtime, call, { connection: byKey, readAgain })).rejects.toBe(unauthorized);
    const forbidden = new AppError('remote_forbidden', { details: { status: 403 } });
    const runtime = { invoke: () => Promise.reject(forbidden) };
    await expect(invokeAuthorized(runtime, call, { connection, readAgain })).rejects.toBe(forbidden);
  });

  it('says that nothing happened when there is no new token', async () => {
    const readAgain = () => Promise.reject(new AppError('network_error'));
    const failure = invokeAuthorized(aRemote().runtime, aCall('declarative', 'once'), { connection, readAgain });
    await expect(failure).rejects.toMatchObject({ code: 'network_error', details: { wasSent: false } });
  });
});
