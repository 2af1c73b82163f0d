import { expect, it, vi } from 'vitest';
import type { ApiClient, Run } from '@patchbay/api-contract/client';
import { AttemptLogs } from './attempt-logs.ts';

const attempt = (number: number, state: 'failed' | 'succeeded') => ({
  ...{ number, state, started: '2026-01-01T00:00:00Z', ended: '2026-01-01T00:00:01Z' },
});

it('reads the attempts of steps that needed more than one, once for each new attempt', async () => {
  const call = vi.fn((_id: string, { query }: { query: { path: string } }) =>
    query.path === 'gone'
      ? Promise.reject(new Error('away'))
      : Promise.resolve({ _source: { attemptLog: [attempt(1, 'failed'), attempt(2, 'succeeded')] } }),
  );
  const api = { call } as unknown as ApiClient;
  const requestUpdate = vi.fn();
  const logs = new AttemptLogs({ requestUpdate });
  const step = (path: string, attempts: number) => ({ path, attempts, state: 'running' });
  const run = { id: 'r', steps: [step('once', 1), step('lines[0].call', 2), step('gone', 2)] } as unknown as Run;
  expect(logs.of(api, run).size).toBe(0);
  await vi.waitFor(() => {
    expect(requestUpdate).toHaveBeenCalledTimes(1);
  });
  expect([...logs.of(api, run)]).toEqual([['lines[0].call', [attempt(1, 'failed'), attempt(2, 'succeeded')]]]);
  expect(call).toHaveBeenCalledTimes(2);
  logs.of(api, { ...run, steps: [step('lines[0].call', 3)] } as unknown as Run);
  expect(call).toHaveBeenCalledTimes(3);
});
