import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { compilePlan, parseDocument, validateJson, type FlowDocument, type FlowIssue } from '@patchbay/flow-model';
import {
  arbitraryFlowDocument,
  arbitraryTriggerData,
  fakeCatalog,
  runFakeOperation,
  type ArbitraryFlowOptions,
} from '@patchbay/flow-model/testing';
import { runInMemory, type ClosedRun, type InMemoryResult } from '@patchbay/interpreter';
import type {} from '@patchbay/tooling';
import { arbitraryDamage, damaged } from './damage-document.ts';
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

function sample(count: number, seed: number, options: ArbitraryFlowOptions = {}): PlannedRun[] {
  const both = fc.tuple(arbitraryFlowDocument(options), arbitraryTriggerData);
  return fc.sample(both, { numRuns: count, seed }).map(([document, trigger]) => ({ plan: planOf(document), trigger }));
}

/** All that must not depend on how a run is carried out. Parallel steps may finish in any order. */
function essence(result: InMemoryResult | ClosedRun['view']): unknown {
  const { state, output, error } = 'outcome' in result ? result.outcome : result;
  const records = 'records' in result ? result.records : result.steps;
  const steps = records.map((step) =>
    JSON.stringify([step.path, step.state, step.output ?? null, step.takenPorts ?? [], errorOf(step.error)]),
  );
  return { state, output: output ?? null, error: errorOf(error), reply: result.reply ?? null, steps: steps.sort() };
}

const errorOf = (error: { code: string; stepPath: string } | undefined): unknown =>
  error ? [error.code, error.stepPath] : null;

/** True if the result cannot depend on which of two parallel steps is faster. */
function isDecided({ plan }: PlannedRun, result: InMemoryResult): boolean {
  const isCalm = result.records.every(({ state }) => state === 'succeeded' || state === 'skipped');
  const hasStop = Object.values(plan.steps).some(({ kind }) => kind === 'stop');
  return (isCalm && !hasStop) || isSequential(plan);
}

/** True if every step waits for the one before it, and loops take one item at a time. */
function isSequential(plan: PlannedRun['plan']): boolean {
  const isLine = Object.values(plan.scopes).every(({ steps, edges }) =>
    steps.every((key, at) => at === 0 || edges.some(({ from, to }) => from === steps[at - 1] && to === key)),
  );
  return isLine && Object.values(plan.steps).every((step) => step.kind !== 'for_each' || step.concurrency === 1);
}

const allKinds = ['branch', 'for_each', 'operation', 'respond', 'stop', 'transform', 'try', 'wait'];
const sampleSize = 80;

/** Runs whose result is decided: as many calm ones as ones with a failure or an early end, of every step kind. */
async function decidedRuns(): Promise<{ entry: PlannedRun; result: InMemoryResult }[]> {
  const planned = [...sample(200, 77), ...sample(3_000, 78, { maxSteps: 3 })];
  const results = await Promise.all(planned.map(run));
  const decided = planned.flatMap((entry, index) => {
    const result = results[index];
    return result && isDecided(entry, result) ? [{ entry, result }] : [];
  });
  const failed = decided.filter(({ result }) => result.outcome.state === 'failed');
  const succeeded = decided.filter(({ result }) => result.outcome.state === 'succeeded');
  return [...failed.slice(0, sampleSize / 2), ...succeeded.slice(0, sampleSize / 2)];
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

  it('5,000 broken ones give problems that name the place, never a crash; what passes all the same runs', async () => {
    const broken = fc.tuple(arbitraryFlowDocument(), fc.array(arbitraryDamage, { minLength: 1, maxLength: 3 }));
    const counts = { refused: 0, passed: 0 };
    for (const [document, damages] of fc.sample(broken, { numRuns: 5_000, seed: 79 })) {
      const json = damaged(document, damages);
      const errors = validateJson(json, fakeCatalog).filter(({ severity }) => severity === 'error');
      counts[errors.length > 0 ? 'refused' : 'passed'] += 1;
      for (const error of errors) expect(hasPlace(error), JSON.stringify({ error, damages })).toBe(true);
      if (errors.length > 0) continue;
      const { outcome } = await run({ plan: planOf(parseDocument(json)), trigger: { n: 3, items: [1, 2] } });
      expect(['succeeded', 'failed']).toContain(outcome.state);
      expect(outcome.error?.code).not.toBe('internal_error');
    }
    expect(counts.refused).toBeGreaterThan(2_500);
    expect(counts.passed).toBeGreaterThan(250);
  }, 300_000);

  it('a sample of every step kind gives the same on Temporal as in memory', async () => {
    const decided = await decidedRuns();
    expect(decided).toHaveLength(sampleSize);
    const ran = decided.flatMap(({ entry, result }) =>
      result.records.flatMap(({ key, state }) => (state === 'skipped' ? [] : [entry.plan.steps[key]?.kind])),
    );
    expect([...new Set(ran)].sort()).toEqual(allKinds);
    const place = { address: inject('temporalAddress'), namespace: inject('temporalNamespace') };
    const views = await runOnTemporal(place, decided.map(({ entry }) => entry)); // prettier-ignore
    views.forEach((view, index) => {
      const expected = decided[index]?.result;
      expect(essence(view)).toEqual(expected && essence(expected));
    });
  }, 300_000);
});

/** A problem leads to a step or a field; only one of the document as a whole has none to lead to. */
function hasPlace({ code, step, field }: FlowIssue): boolean {
  return step !== undefined || field !== undefined || wholeDocument.has(code);
}

const wholeDocument = new Set(['flow_too_large', 'flow_document_too_new']);
