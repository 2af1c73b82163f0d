import { describe, expect, it } from 'vitest';
import { AppError } from './app-error.ts';
import { errorCodes } from './codes.ts';
import { errorKinds } from './kind.ts';
import { fromProblemBody, toProblemBody } from './problem.ts';

describe('problem body', () => {
  it('carries status, code, reason, hint and details', () => {
    const body = toProblemBody(new AppError('connector_in_use', { details: { flows: 2 } }));
    expect(body.status).toBe(409);
    expect(body.error).toMatchObject({ code: 'connector_in_use', details: { flows: 2 } });
  });

  it('never shows the inner message of a bug', () => {
    const body = toProblemBody(new AppError('internal_error', { message: 'password=hunter2', details: { secret: 1 } }));
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(body.error.details).toEqual({});
  });

  it('survives the way over the wire', () => {
    const error = new AppError('rate_limited', { details: { retryAfterMs: 5 } });
    expect(fromProblemBody(toProblemBody(error))).toMatchObject({ code: 'rate_limited', details: { retryAfterMs: 5 } });
  });

  it('reads a body with an unknown code as internal_error', () => {
    const body = { status: 418, error: { code: 'teapot', reason: 'no', hint: '', details: {} } };
    expect(fromProblemBody(body as never).code).toBe('internal_error');
  });
});

describe('code table', () => {
  it.each(Object.entries(errorCodes))('%s has a kind, a sentence and a hint', (code, row) => {
    expect(code).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(errorKinds[row.kind]).toBeDefined();
    expect(row.message).toMatch(/\.$/);
    expect(row.hint).toMatch(/\.$/);
  });
});
