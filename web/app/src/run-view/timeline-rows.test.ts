import type { Run, RunStep } from '@patchbay/api-contract/client';
import { describe, expect, it } from 'vitest';
import { paintOf } from './run-paint.ts';
import { axisTicks, timelineRows, unfolded, worstState } from './timeline-rows.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 21, 9, 14, seconds)).toISOString();

function record(path: string, more: Partial<RunStep> = {}): RunStep {
  const key = path.replace(/^.*\]\./, '');
  return {
    path,
    key,
    title: key,
    kind: 'transform',
    state: 'succeeded',
    attempts: 1,
    started: at(1),
    ended: at(2),
    ...more,
  };
}

const run = (steps: RunStep[], more: Partial<Run> = {}): Run => ({
  id: 'r1',
  flowId: 'f1',
  flowName: 'Orders',
  state: 'failed',
  isTest: true,
  triggerKind: 'manual',
  started: at(0),
  ended: at(10),
  steps,
  document: {
    schemaVersion: 1,
    name: 'Orders',
    description: '',
    mode: 'auto',
    trigger: { kind: 'manual', title: 'Form', inputSchema: {} },
    steps: {
      check: {
        key: 'check',
        kind: 'branch',
        title: 'Check',
        mode: 'if',
        cases: [{ id: 'yes', label: 'In stock', when: 'true' }],
      },
      lines: { key: 'lines', kind: 'for_each', title: 'For each line', items: '[]', concurrency: 1 },
      reserve: { key: 'reserve', kind: 'transform', title: 'Reserve', output: { object: {} } },
      notice: { key: 'notice', kind: 'transform', title: 'Notice', output: { object: {} } },
      end: { key: 'end', kind: 'stop', title: 'End', outcome: 'succeeded' },
    },
    scopes: {
      root: {
        steps: ['check', 'lines', 'notice', 'end'],
        edges: [
          { from: 'check', port: 'yes', to: 'lines' },
          { from: 'check', port: 'otherwise', to: 'notice' },
          { from: 'lines', port: 'out', to: 'end' },
        ],
      },
      'lines.body': { steps: ['reserve'], edges: [] },
    },
    layout: { positions: {} },
    samples: {},
  },
  ...more,
});

const failed = run([
  record('check', { takenPorts: ['yes'] }),
  record('lines', { state: 'failed' }),
  record('lines[0].reserve'),
  record('lines[1].reserve', { state: 'failed', attempts: 3, started: at(2), ended: at(8) }),
  record('notice', { state: 'skipped' }),
]);

describe('timelineRows', () => {
  it('lists steps in the order of the flow, iterations under their loop, and what was not reached', () => {
    expect(timelineRows(failed).map((row) => [row.depth, row.label, row.note ?? row.state])).toEqual([
      [0, 'Form', 'succeeded'],
      [0, 'Check', 'succeeded'],
      [0, 'For each line', 'failed'],
      [1, 'Item 1', 'succeeded'],
      [2, 'Reserve', 'succeeded'],
      [1, 'Item 2', 'failed'],
      [2, 'Reserve', 'failed'],
      [0, 'End', 'not reached'],
      [0, 'Notice', 'not taken'],
    ]);
  });

  it('hides what stands under a folded row', () => {
    const rows = unfolded(timelineRows(failed), new Set(['lines']));
    expect(rows.map((row) => row.label)).toEqual(['Form', 'Check', 'For each line', 'End', 'Notice']);
  });
});

describe('paintOf', () => {
  it('shows what needs a look first, and one iteration when it is asked for', () => {
    expect(paintOf(failed).get('reserve')).toEqual({ state: 'failed', caption: 'failed · 3 attempts' });
    expect(paintOf(failed, 'lines[0]').get('reserve')?.state).toBe('succeeded');
    expect(paintOf(failed).get('check')?.caption).toBe('In stock · 1.0 s');
    expect(paintOf(failed).get('end')?.caption).toBe('Not reached');
  });
});

it('takes the state that needs a look for several', () => {
  expect(worstState(['succeeded', 'running', 'skipped'])).toBe('running');
  expect(worstState(['retrying', 'failed'])).toBe('failed');
});

it('puts a few ticks on round values, the unit on the last', () => {
  expect(axisTicks(48_200).map((tick) => tick.label)).toEqual(['0', '15', '30 s']);
  expect(
    axisTicks(37)
      .map((tick) => tick.label)
      .at(-1),
  ).toMatch(/^\d+ ms$/);
  expect(axisTicks(37).length).toBeLessThanOrEqual(5);
  expect(axisTicks(0).length).toBe(1);
});
