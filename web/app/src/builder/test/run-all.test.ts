import { describe, expect, it } from 'vitest';
import type { OperationDefinition } from '@patchbay/manifest';
import { reportWords, runAll, type RunAllSteps } from './run-all.ts';

const operation = (name: string, method: OperationDefinition['method']): OperationDefinition => ({
  ...{ name, display_name: name, description: '', method, path: '/', parameters: [] },
});
const all = [operation('write', 'POST'), operation('read', 'GET'), operation('more', 'GET')];

function steps(change: Partial<RunAllSteps> = {}): RunAllSteps & { readonly ran: string[] } {
  const ran: string[] = [];
  return {
    ran,
    run: async ({ name }) => {
      ran.push(name);
      return name !== 'more';
    },
    isComplete: () => true,
    mayChange: async () => true,
    mayGoOn: () => true,
    ...change,
  };
}

describe('runAll', () => {
  it('runs what only reads first, and counts', async () => {
    const one = steps();
    expect(await runAll(all, one)).toEqual({ passed: 2, failed: 1, skipped: [] });
    expect(one.ran).toEqual(['read', 'more', 'write']);
  });

  it('leaves out what changes something when the person says no', async () => {
    const one = steps({ mayChange: async () => false });
    await runAll(all, one);
    expect(one.ran).toEqual(['read', 'more']);
  });

  it('names those whose input is missing', async () => {
    const one = steps({ isComplete: ({ name }) => name !== 'read' });
    expect((await runAll(all, one)).skipped).toEqual(['read']);
  });

  it('stops when told to, and asks nothing then', async () => {
    const one = steps({ mayGoOn: () => one.ran.length < 1, mayChange: () => Promise.reject(new Error('asked')) });
    await runAll(all, one);
    expect(one.ran).toEqual(['read']);
  });
});

it('reports in words', () => {
  expect(reportWords({ passed: 2, failed: 0, skipped: [] })).toBe('2 passed.');
  expect(reportWords({ passed: 1, failed: 1, skipped: ['A', 'B'] })).toBe(
    '1 passed, 1 failed. Not run, because input is missing: A, B.',
  );
});
