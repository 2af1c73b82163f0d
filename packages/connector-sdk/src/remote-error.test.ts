import { describe, expect, it } from 'vitest';
import { codeForStatus, parseRetryAfter, remoteError } from './remote-error.ts';

describe('remoteError', () => {
  it.each([
    [400, 'remote_bad_request', false],
    [401, 'remote_unauthorized', false],
    [403, 'remote_forbidden', false],
    [404, 'remote_not_found', false],
    [408, 'remote_rate_limited', true],
    [409, 'remote_conflict', false],
    [418, 'remote_bad_request', false],
    [422, 'remote_bad_request', false],
    [429, 'remote_rate_limited', true],
    [500, 'remote_unavailable', true],
    [503, 'remote_unavailable', true],
  ])('maps status %i to %s', (status, code, isRetryable) => {
    const error = remoteError({ status });
    expect([error.code, error.isRetryable]).toEqual([code, isRetryable]);
    expect(codeForStatus(status)).toBe(code);
  });

  it('reads Retry-After in seconds and as a date, bounded', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    expect(parseRetryAfter('2', now)).toBe(2_000);
    expect(parseRetryAfter('Thu, 01 Jan 2026 00:00:05 GMT', now)).toBe(5_000);
    expect(parseRetryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
    expect(parseRetryAfter('99999999', now)).toBe(3_600_000);
    expect(parseRetryAfter('soon', now)).toBeUndefined();
    expect(parseRetryAfter(null, now)).toBeUndefined();
    expect(remoteError({ status: 429, retryAfter: '1' }).details).toEqual({ status: 429, retryAfterMs: 1_000 });
  });

  it('shows the words of the remote, cut', () => {
    expect(remoteError({ status: 422, message: 'city unknown' }).message).toContain('HTTP 422: city unknown');
    expect(remoteError({ status: 422, message: 'x'.repeat(9_999) }).message.length).toBeLessThan(600);
  });
});
