import { AppError, errorCodes, type ErrorCode } from '@patchbay/errors';
import { expect, it } from 'vitest';
import { describeProblem, fieldProblems, problemSentence } from './describe-problem.ts';

it('says what happened and what to do for every code', () => {
  for (const code of Object.keys(errorCodes) as ErrorCode[]) {
    const words = describeProblem(new AppError(code), 'Runs');
    expect(words.title, code).not.toBe('');
    expect(words.reason, code).not.toBe('');
    expect(words.todo, code).not.toBe('');
  }
});

it('names what could not be loaded, and offers to try again', () => {
  expect(describeProblem(new AppError('service_unavailable'), 'Runs')).toMatchObject({
    title: 'Runs could not be loaded',
    canRetry: true,
  });
  expect(describeProblem(new AppError('run_not_found'), 'The run').canRetry).toBe(false);
});

it('gives the messages of a validation error to its fields', () => {
  const error = new AppError('validation_error', { details: { fields: [{ path: '/name', message: 'Too long.' }] } });
  expect(fieldProblems(error)).toEqual({ '/name': 'Too long.' });
  const missing = new AppError('credentials_incomplete', { details: { missing: ['token'] } });
  expect(fieldProblems(missing)).toEqual({ '/credentials/token': 'This is needed.' });
  expect(fieldProblems(new Error('x'))).toEqual({});
});

it('makes one sentence for a toast', () => {
  expect(problemSentence(new AppError('flow_not_published'))).toBe(
    'The flow has no published version. Publish it first.',
  );
});
