import { AppError } from '@patchbay/errors';
import type { RouteBody, RouteResponse } from '@patchbay/api-contract';
import type { FlowDocument, FlowIssue, JsonObject, JsonValue, Step } from '@patchbay/flow-model';
import type { Plan } from '@patchbay/flow-model/plan';
import { compileDocument } from '../flow/compile-document.ts';
import type { Actor } from '../flow/flow-deps.ts';
import { createFlowRepository, type FlowRow } from '../flow/flow-repository.ts';
import { isWorkflowNotFound } from '../temporal/history-reader.ts';
import { workflowIdOf } from './flow-run-workflow.ts';
import { readRunStep } from './read-run.ts';
import { storeDraft } from './resolve-target.ts';
import type { RunDeps } from './run-deps.ts';
import { startAndWait } from './start-run.ts';

/** Longest time a person waits for the test of a step. */
const testTimeoutMs = 60_000;
/** Workers write attempts in batches; what was sent is worth this much waiting. */
const attemptWaitMs = 1_000;
const pollMs = 50;

/**
 * Runs one step of the draft for real, with the given data or the samples of the document. Problems of other steps do not
 * stand in the way.
 *
 * @throws AppError `flow_not_found`, `step_not_found`, `flow_invalid` with the problems of this step, `service_unavailable`.
 */
export async function testStep(
  deps: RunDeps,
  actor: Actor,
  test: RouteBody<'testStep'> & { readonly flowId: string },
): Promise<RouteResponse<'testStep'>> {
  const startedAt = performance.now();
  const flow = await createFlowRepository(deps.db.connection).get(actor.tenantId, test.flowId);
  if (!Object.hasOwn(flow.document.steps, test.step)) throw new AppError('step_not_found');
  const target = await storeDraft(deps, actor, { flow, plan: await compileForStep(deps, flow, test.step) });
  // The body was parsed from JSON, so its values are JSON.
  const { trigger = null, ...scope } = { ...flow.document.samples, ...(test.scope as JsonObject | undefined) };
  const { runId } = await startToEnd(deps, {
    target,
    trigger,
    triggerKind: 'test',
    isTest: true,
    only: test.step,
    scope,
  });
  const step = await readWithAttempts(deps, actor.tenantId, { runId, path: test.step });
  if (step.state !== 'succeeded' && step.state !== 'failed') throw stillRunning();
  const call = step.attemptLog.at(-1)?.call;
  return {
    runId,
    state: step.state,
    input: step.input,
    output: step.output,
    ...(step.error && {
      error: {
        code: step.error.code,
        message: step.error.message,
        ...(step.error.hint !== undefined && { hint: step.error.hint }),
      },
    }),
    ...(call && { call }),
    durationMs: Math.round(durationOf(step) ?? performance.now() - startedAt),
  };
}

async function startToEnd(deps: RunDeps, input: Parameters<typeof startAndWait>[1]): Promise<{ runId: string }> {
  const started = await startAndWait(deps, input, testTimeoutMs);
  if (!started.answer) throw stillRunning();
  // A respond step answers a moment before the run ends.
  const workflowId = workflowIdOf({ ...input.target, runId: started.runId });
  await deps.temporal
    .withDeadline(Date.now() + testTimeoutMs, () => deps.temporal.workflow.getHandle(workflowId).result())
    .catch((error: unknown) => {
      if (isWorkflowNotFound(error)) throw stillRunning();
    });
  return started;
}

async function readWithAttempts(deps: RunDeps, tenantId: string, step: { runId: string; path: string }) {
  const deadline = Date.now() + attemptWaitMs;
  for (;;) {
    const data = await readRunStep(deps, tenantId, step);
    const isComplete = data.kind !== 'operation' || data.attemptLog.some((attempt) => attempt.state !== 'running');
    if (isComplete || Date.now() > deadline) return data;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

function durationOf(step: { started?: string | undefined; ended?: string | undefined }): number | undefined {
  if (step.started === undefined || step.ended === undefined) return undefined;
  return Date.parse(step.ended) - Date.parse(step.started);
}

function stillRunning(): AppError {
  return new AppError('service_unavailable', { message: 'No worker finished the step in time.' });
}

async function compileForStep(deps: RunDeps, flow: FlowRow, key: string): Promise<Plan> {
  const compile = (document: FlowDocument) =>
    compileDocument(deps, { tenantId: flow.tenant_id, flowId: flow.id, document });
  try {
    return await compile(flow.document);
  } catch (error) {
    const issues = issuesOf(error);
    if (!issues) throw error;
    const own = issues.filter((issue) => issue.step === key && issue.severity === 'error');
    if (own.length > 0) throw new AppError('flow_invalid', { details: { issues: own } });
    return compile(withoutOthers(flow.document, key));
  }
}

function issuesOf(error: unknown): readonly FlowIssue[] | undefined {
  const { code, details } = error as Partial<AppError>;
  return code === 'flow_invalid' ? (details?.['issues'] as readonly FlowIssue[]) : undefined;
}

/** A document in which every step but `key` and what it contains only gives its sample. */
function withoutOthers(document: FlowDocument, key: string): FlowDocument {
  const inside = stepsInside(document, key);
  const others = Object.values(document.steps).filter((step) => step.key !== key && !inside.has(step.key));
  const stands = others.map((step): Step => ({
    key: step.key,
    title: step.title,
    kind: 'transform',
    output: { value: sampleOf(document, step.key) },
  }));
  const kept = Object.values(document.steps).filter((step) => step.key === key || inside.has(step.key));
  const edges = others.map((step) => ({ from: step.key, port: 'out', to: key }));
  const scopes = Object.entries(document.scopes).filter(
    ([id]) => id !== 'root' && !others.some((step) => id.startsWith(`${step.key}.`)),
  );
  return {
    ...document,
    steps: Object.fromEntries([...stands, ...kept].map((step) => [step.key, step])),
    scopes: { ...Object.fromEntries(scopes), root: { steps: [...others.map((step) => step.key), key], edges } },
  };
}

function stepsInside(document: FlowDocument, key: string): Set<string> {
  const inside = new Set<string>();
  const childrenOf = (container: string): string[] =>
    ['body', 'catch'].flatMap((lane) => document.scopes[`${container}.${lane}`]?.steps ?? []);
  const open = childrenOf(key);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (inside.has(next)) continue;
    inside.add(next);
    open.push(...childrenOf(next));
  }
  return inside;
}

function sampleOf(document: FlowDocument, key: string): JsonValue {
  return Object.hasOwn(document.samples, key) ? (document.samples[key] ?? null) : null;
}
