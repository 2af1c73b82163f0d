import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from '@patchbay/errors';

/** What a caller of a webhook proves itself with. */
export interface WebhookCall {
  /** Header names in small letters. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawBody: Uint8Array;
}

/** Oldest signed timestamp that is taken. */
const toleranceSeconds = 300;

/**
 * Checks the proof that a webhook asks for: `x-patchbay-secret`, or `x-patchbay-signature: sha256=<hex>` over the raw body.
 * With `x-patchbay-timestamp` (epoch seconds, at most 5 minutes off) the signed text is `<timestamp>.<body>`, which stops
 * replays; leaving the header out changes the signed text, so nobody can strip it.
 *
 * @throws AppError `webhook_signature_invalid`.
 */
export function assertCaller(
  call: WebhookCall,
  expected: { readonly auth: 'none' | 'secret' | 'hmac'; readonly secret: string },
  now: Date = new Date(),
): void {
  if (expected.auth === 'none') return;
  const isProven = expected.auth === 'secret' ? hasSecret(call, expected.secret) : isSigned(call, expected.secret, now);
  if (!isProven) throw new AppError('webhook_signature_invalid');
}

function hasSecret(call: WebhookCall, secret: string): boolean {
  const given = call.headers['x-patchbay-secret'];
  return typeof given === 'string' && isSame(given, secret);
}

function isSigned(call: WebhookCall, secret: string, now: Date): boolean {
  const given = call.headers['x-patchbay-signature'];
  if (typeof given !== 'string') return false;
  const timestamp = call.headers['x-patchbay-timestamp'];
  const hmac = createHmac('sha256', secret);
  if (timestamp !== undefined) {
    if (typeof timestamp !== 'string' || !isRecent(timestamp, now)) return false;
    hmac.update(`${timestamp}.`);
  }
  return isSame(given.toLowerCase(), `sha256=${hmac.update(call.rawBody).digest('hex')}`);
}

function isRecent(timestamp: string, now: Date): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) <= toleranceSeconds;
}

/** Compares in constant time whatever the lengths are. */
function isSame(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
