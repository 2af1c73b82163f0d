import { AppError, type ErrorCode } from '@patchbay/errors';
import type { OperationCall } from '@patchbay/interpreter';
import { describe, expect, it } from 'vitest';
import { errorOfAttempt, toApplicationFailure } from './classify-failure.ts';
import { idempotencyKey } from './idempotency-key.ts';

function aCall(
  overrides: Partial<OperationCall['resilience']> = {},
  effect: OperationCall['effect'] = 'read',
): OperationCall {
  return {
    tenantId: 't',
    runId: 'r',
    path: 'lines[3].reserve',
    key: 'reserve',
    connector: { slug: 'test', version: '1.0.0', integrity: 'sha512-x' },
    operation: 'reserve',
    input: {},
    effect,
    resilience: { timeoutMs: 1_000, maxRetries: 3, retryDelayMs: 1_000, backoff: 'exponential', ...overrides },
    needsOutput: false,
    priorFailures: 0,
  };
}

function classify(code: ErrorCode, failures = 1, { call = aCall(), details = {} } = {}) {
  const failure = toApplicationFailure(new AppError(code, { details }), { call, number: failures, failures });
  return { isFinal: failure.nonRetryable, delay: failure.nextRetryDelay, type: failure.type, details: failure.details };
}

describe('toApplicationFailure', () => {
  it.each([
    ['remote_unavailable', false],
    ['remote_rate_limited', false],
    ['network_error', false],
    ['operation_timeout', false],
    ['plugin_crashed', false],
    ['remote_bad_request', true],
    ['remote_unauthorized', true],
    ['remote_conflict', true],
    ['operation_input_invalid', true],
    ['connection_disabled', true],
    ['internal_error', true],
  ] as const)('of %s is final: %s', (code, isFinal) => {
    expect(classify(code)).toMatchObject({ isFinal, type: code });
  });

  it.each([
    ['none', [1_000, 1_000, 1_000]],
    ['linear', [1_000, 2_000, 3_000]],
    ['exponential', [1_000, 2_000, 4_000]],
  ] as const)('DI-54 grows the delay with backoff %s', (backoff, delays) => {
    expect(
      [1, 2, 3].map((failures) => classify('network_error', failures, { call: aCall({ backoff }) }).delay),
    ).toEqual(delays);
  });

  it('is final when the retries of the user are used up', () => {
    expect(classify('network_error', 3).isFinal).toBe(false);
    expect(classify('network_error', 4)).toMatchObject({ isFinal: true, delay: undefined });
  });

  it('waits at least as long as the other side asks, at most an hour', () => {
    expect(classify('remote_rate_limited', 1, { details: { retryAfterMs: 30_000 } }).delay).toBe(30_000);
    expect(classify('remote_rate_limited', 1, { details: { retryAfterMs: 1 } }).delay).toBe(1_000);
    expect(classify('remote_rate_limited', 1, { details: { retryAfterMs: 9e9 } }).delay).toBe(3_600_000);
  });

  it('lets the error table of a connector overrule the kind', () => {
    expect(classify('remote_conflict', 1, { details: { isRetryable: true } }).isFinal).toBe(false);
    expect(classify('remote_unavailable', 1, { details: { isRetryable: false } }).isFinal).toBe(true);
  });

  it('carries the step, the attempts and details that are small, never the call', () => {
    const small = classify('remote_bad_request', 2, { details: { field: 'sku', call: { url: 'https://x' } } });
    expect(small.details).toEqual([
      expect.objectContaining({ path: 'lines[3].reserve', attempts: 2, retryable: false, details: { field: 'sku' } }),
    ]);
    const large = classify('remote_bad_request', 1, { details: { body: 'x'.repeat(5_000) } });
    expect(JSON.stringify(large.details)).not.toContain('xxx');
  });
});

describe('errorOfAttempt', () => {
  it.each(['operation_timeout', 'network_error', 'plugin_crashed', 'operation_cancelled'] as const)(
    'of a once operation that may have been sent is unknown after %s',
    (code) => {
      expect(errorOfAttempt(new AppError(code), { effect: 'once' }).code).toBe('operation_outcome_unknown');
      expect(errorOfAttempt(new AppError(code), { effect: 'keyed' }).code).toBe(code);
    },
  );

  it('keeps an answer of the other side, and a request that certainly was not sent', () => {
    expect(errorOfAttempt(new AppError('remote_unavailable'), { effect: 'once' }).code).toBe('remote_unavailable');
    const unsent = new AppError('network_error', { details: { wasSent: false } });
    expect(errorOfAttempt(unsent, { effect: 'once' }).code).toBe('network_error');
  });

  it('never repeats a once operation', () => {
    expect(classify('network_error', 1, { call: aCall({}, 'once') }).isFinal).toBe(true);
  });
});

describe('idempotencyKey', () => {
  it('differs by run, step and generation, and by nothing else', () => {
    const key = idempotencyKey('t/f/r', 'a');
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(idempotencyKey('t/f/r', 'a')).toBe(key);
    expect(
      new Set([key, idempotencyKey('t/f/s', 'a'), idempotencyKey('t/f/r', 'b'), idempotencyKey('t/f/r', 'a', 1)]).size,
    ).toBe(4);
  });
});
