import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { compilePlan, type FlowDocument } from '@patchbay/flow-model';
import {
  arbitraryFlowDocument,
  arbitraryTriggerData,
  fakeCatalog,
  runFakeOperation,
} from '@patchbay/flow-model/testing';
import { runInMemory, type ClosedRun, type InMemoryResult } from '@patchbay/interpreter';
import type {} from '@patchbay/tooling';
import { runOnTemporal, type PlannedRun } from './temporal-runs.ts';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

function planOf(document: FlowDocument): PlannedRun['plan'] {
  const result = compilePlan(document, { flowId: 'flow', sha256Hex, ...fakeCatalog });
  if ('issues' in result) throw new Error(JSON.stringify(result.issues));
  return result.plan;
}

const run = ({ plan, trigger }: PlannedRun): Promise<InMemoryResult> =>
  runInMemory(
    plan,
    { runId: 'r', trigger },
    {
      runOperation: (call) => Promise.resolve().then(() => runFakeOperation(call.step.operation, call.input)),
      sleep: () => Promise.resolve(),
      now: () => 0,
    },
  );

function sample(count: number, seed: number): PlannedRun[] {
  const both = fc.tuple(arbitraryFlowDocument(), arbitraryTriggerData);
  return fc.sample(both, { numRuns: count, seed }).map(([document, trigger]) => ({ plan: planOf(document), trigger }));
}

/** Steps that ran, with what they gave. Parallel steps may finish in any order. */
function essence(result: InMemoryResult | ClosedRun['view']): unknown {
  const steps = 'records' in result ? result.records : result.steps;
  const lines = steps.map(({ path, state, output }) => JSON.stringify([path, state, output ?? null]));
  return { state: 'outcome' in result ? result.outcome.state : result.state, steps: lines.sort() };
}

/** True if no step failed and none stopped the run: then the result cannot depend on which parallel step is faster. */
function isSteady({ plan }: PlannedRun, result: InMemoryResult): boolean {
  const isCalm = result.records.every(({ state }) => state === 'succeeded' || state === 'skipped');
  return isCalm && !Object.values(plan.steps).some(({ kind }) => kind === 'stop');
}

describe('random flows', () => {
  it('10,000 of them compile and run to an end, and no formula fails that the check let pass', async () => {
    const codes = new Set<string>();
    for (let batch = 0; batch < 10; batch++) {
      const results = await Promise.all(sample(1_000, batch).map(run));
      for (const { state } of results.map(({ outcome }) => outcome)) expect(['succeeded', 'failed']).toContain(state);
      for (const { error } of results.flatMap(({ records }) => records)) if (error) codes.add(error.code);
    }
    expect([...codes].filter((code) => code.startsWith('expression_') || code === 'internal_error')).toEqual([]);
  }, 300_000);

  it('a sample gives the same on Temporal as in memory', async () => {
    const planned = sample(150, 77);
    const inMemory = await Promise.all(planned.map(run));
    const steady = planned.flatMap((entry, index) => {
      const result = inMemory[index];
      return result && isSteady(entry, result) ? [{ entry, result }] : [];
    });
    expect(steady.length).toBeGreaterThan(30);
    const place = { address: inject('temporalAddress'), namespace: inject('temporalNamespace') };
    const views = await runOnTemporal(place, steady.map(({ entry }) => entry)); // prettier-ignore
    views.forEach((view, index) => {
      const expected = steady[index]?.result;
      expect(expected && essence(view)).toEqual(expected && essence(expected));
    });
  }, 300_000);
});
