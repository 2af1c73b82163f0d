import { describe, expect, it } from 'vitest';
import { AppError, isAppError, toAppError } from './app-error.ts';

describe('AppError', () => {
  it('takes kind, message and hint from the code table', () => {
    const error = new AppError('flow_not_found');
    expect(error).toMatchObject({ code: 'flow_not_found', kind: 'not-found', message: 'There is no such flow.' });
    expect(error.hint).not.toBe('');
  });

  it('lets the throw site name the thing that is wrong and keeps the cause', () => {
    const cause = new TypeError('boom');
    const error = new AppError('network_error', {
      message: 'api.example cannot be reached.',
      cause,
      details: { host: 'a' },
    });
    expect(error.message).toBe('api.example cannot be reached.');
    expect(error.cause).toBe(cause);
    expect(error.isRetryable).toBe(true);
  });

  it('is recognised across copies of the package, and nothing else is', () => {
    expect(isAppError(new AppError('not_found'))).toBe(true);
    expect(isAppError({ [Symbol.for('patchbay.AppError')]: true })).toBe(true);
    expect(isAppError(new Error('not_found'))).toBe(false);
    expect(isAppError(null)).toBe(false);
  });

  it('turns an unknown value into internal_error with the cause kept', () => {
    expect(toAppError('text')).toMatchObject({ code: 'internal_error', cause: 'text' });
  });
});
