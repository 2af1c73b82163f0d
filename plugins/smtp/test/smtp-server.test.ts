import type { AddressInfo } from 'node:net';
import {
  failureOf,
  packageDirOf,
  startConnector,
  type ConnectorHarness,
  type TestConnection,
} from '@patchbay/connector-testkit';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connector } from '../src/index.ts';

const password = 'planted-smtp-password';
const mails: Buffer[] = [];
let server: SMTPServer;
let harness: ConnectorHarness;

const connectionWith = (
  overrides: { password?: string; port?: string; security?: string; from?: string } = {},
): TestConnection => ({
  credentials: { password: overrides.password ?? password },
  config: {
    host: '127.0.0.1',
    // A listening server has an AddressInfo.
    port: overrides.port ?? String((server.server.address() as AddressInfo).port),
    user: 'ada',
    security: overrides.security ?? 'none',
    ...(overrides.from === undefined ? {} : { from: overrides.from }),
  },
});

const smtpError = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (auth, _session, callback) => {
      if (auth.password === password) callback(null, { user: auth.username });
      else callback(smtpError(535, 'no'));
    },
    onRcptTo: ({ address }, _session, callback) => {
      if (address.startsWith('nobody')) callback(smtpError(550, 'no such user'));
      else if (address.startsWith('later')) callback(smtpError(451, 'try later'));
      else callback();
    },
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks));
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  harness = await startConnector(connector, packageDirOf(import.meta.url));
});

afterAll(async () => {
  await harness.close();
  await new Promise<void>((resolve) => {
    server.close(resolve);
  });
});

beforeEach(() => {
  mails.length = 0;
});

const mail = { from: 'Shop <shop@example.com>', to: ['ada@example.com'], subject: 'Größe', text: 'Grüße' };

describe('the smtp connector against a real SMTP server', () => {
  it('sends text, HTML and attachments', async () => {
    const attachment = {
      filename: 'rëport.csv',
      contentType: 'text/csv',
      contentBase64: Buffer.from('a;b').toString('base64'),
    };
    const input = {
      ...mail,
      html: '<p>Grüße</p>',
      cc: ['Bob <bob@example.com>'],
      bcc: ['eve@example.com'],
      attachments: [attachment],
    };
    const { output } = await harness.invoke('sendMail', input, { connection: connectionWith() });
    expect(output).toMatchObject({ accepted: ['ada@example.com', 'bob@example.com', 'eve@example.com'], rejected: [] });
    const parsed = await PostalMime.parse(mails[0] ?? '');
    expect(parsed).toMatchObject({ subject: 'Größe', from: { name: 'Shop', address: 'shop@example.com' } });
    expect([parsed.text?.trim(), parsed.html?.trim()]).toEqual(['Grüße', '<p>Grüße</p>']);
    expect(parsed.attachments[0]).toMatchObject({ filename: 'rëport.csv', mimeType: 'text/csv' });
    expect(mails[0]?.toString()).not.toContain('eve@example.com');
  });

  it('takes the sender of the connection when the step gives none', async () => {
    const { from, ...withoutSender } = mail;
    await harness.invoke('sendMail', withoutSender, { connection: connectionWith({ from }) });
    expect((await PostalMime.parse(mails[0] ?? '')).from).toMatchObject({ address: 'shop@example.com' });
    const error = await failureOf(harness.invoke('sendMail', withoutSender, { connection: connectionWith() }));
    expect(error.code).toBe('operation_input_invalid');
  });

  it('gives every attempt of a step the same Message-ID', async () => {
    const call = { connection: connectionWith(), idempotencyKey: 'step-1' };
    await harness.invoke('sendMail', mail, call);
    await harness.invoke('sendMail', mail, call);
    await harness.invoke('sendMail', mail, { ...call, idempotencyKey: 'step-2' });
    const ids = await Promise.all(mails.map(async (raw) => (await PostalMime.parse(raw)).messageId));
    expect(ids[0]).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
    expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([true, false]);
  });

  it('cannot be made to add headers or read files', async () => {
    const subject = 'Hi\r\nBcc: evil@example.com';
    await harness.invoke('sendMail', { ...mail, subject }, { connection: connectionWith() });
    const parsed = await PostalMime.parse(mails[0] ?? '');
    expect(parsed.bcc ?? []).toEqual([]);
    expect(
      (await failureOf(harness.invoke('sendMail', { ...mail, attachments: [{ filename: 'x', path: '/etc/passwd' }] })))
        .code,
    ).toBe('operation_input_invalid');
  });

  it('lists refused addresses, and fails when all are refused', async () => {
    const some = { ...mail, to: ['ada@example.com', 'nobody@example.com'] };
    const { output } = await harness.invoke('sendMail', some, { connection: connectionWith() });
    expect(output).toMatchObject({ accepted: ['ada@example.com'], rejected: ['nobody@example.com'] });
    const all = await failureOf(
      harness.invoke('sendMail', { ...mail, to: ['nobody@example.com'] }, { connection: connectionWith() }),
    );
    expect([all.code, all.isRetryable]).toEqual(['remote_bad_request', false]);
    const later = await failureOf(
      harness.invoke('sendMail', { ...mail, to: ['later@example.com'] }, { connection: connectionWith() }),
    );
    expect([later.code, later.isRetryable]).toEqual(['remote_unavailable', true]);
  });

  it('tests a connection', async () => {
    const { output } = await harness.invoke('verify', {}, { connection: connectionWith() });
    expect(output).toEqual({ isReady: true });
    expect(mails).toEqual([]);
  });

  it.each([
    [{ password: 'planted-wrong' }, 'remote_unauthorized'],
    [{ security: 'starttls' }, 'remote_bad_request'],
    [{ security: 'tls' }, 'network_error'],
    [{ security: 'maybe' }, 'operation_input_invalid'],
    [{ port: '1' }, 'network_error'],
  ])('maps the bad connection %o to %s', async (overrides, code) => {
    const error = await failureOf(harness.invoke('verify', {}, { connection: connectionWith(overrides) }));
    expect(error.code).toBe(code);
    const shown = JSON.stringify([error.message, error.details, harness.logLines]);
    expect(shown).not.toContain('planted-');
  });
});
