import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { assertCaller } from './verify-caller.ts';

const rawBody = Buffer.from('{"a":1}');
const now = new Date('2026-11-21T12:00:00Z');
const seconds = String(now.getTime() / 1000);
const sign = (text: string) => `sha256=${createHmac('sha256', 's3cret').update(text).digest('hex')}`;
const check = (auth: 'none' | 'secret' | 'hmac', headers: Record<string, string>) => {
  assertCaller({ headers, rawBody }, { auth, secret: 's3cret' }, now);
};

describe('assertCaller', () => {
  it('takes a caller with the secret and refuses any other', () => {
    check('secret', { 'x-patchbay-secret': 's3cret' });
    expect(() => {
      check('secret', { 'x-patchbay-secret': 's3cre' });
    }).toThrow('wrong');
    expect(() => {
      check('secret', {});
    }).toThrow('wrong');
  });

  it('takes a signature of the raw body and refuses one of another body', () => {
    check('hmac', { 'x-patchbay-signature': sign('{"a":1}') });
    check('hmac', { 'x-patchbay-signature': sign('{"a":1}').toUpperCase().replace('SHA256=', 'sha256=') });
    expect(() => {
      check('hmac', { 'x-patchbay-signature': sign('{"a":2}') });
    }).toThrow('wrong');
    expect(() => {
      check('hmac', {});
    }).toThrow('wrong');
  });

  it('binds a timestamp into the signature and refuses an old one', () => {
    const signature = sign(`${seconds}.{"a":1}`);
    check('hmac', { 'x-patchbay-signature': signature, 'x-patchbay-timestamp': seconds });
    expect(() => {
      check('hmac', { 'x-patchbay-signature': signature });
    }).toThrow('wrong');
    const old = String(Number(seconds) - 301);
    expect(() => {
      check('hmac', { 'x-patchbay-signature': sign(`${old}.{"a":1}`), 'x-patchbay-timestamp': old });
    }).toThrow('wrong');
    expect(() => {
      check('hmac', { 'x-patchbay-signature': signature, 'x-patchbay-timestamp': 'soon' });
    }).toThrow('wrong');
  });

  it('asks nothing of a caller when the webhook is open', () => {
    check('none', {});
  });
});
