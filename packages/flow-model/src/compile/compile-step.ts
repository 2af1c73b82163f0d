import type { Operation } from '@patchbay/manifest';
import type { Step, StepOf, StepResilience } from '../document/step.ts';
import type { PlanOperationStep, PlanResilience, PlanStep } from '../plan/plan.ts';
import { findOperationShape, type CompileCatalog, type ConnectorShape } from './catalog.ts';

/** Most items of one loop. */
export const maxLoopItems = 1_000;
/** Longest timeout of an operation that fast mode may run inside the workflow task (engine.md 5.1). */
export const maxLocalTimeoutMs = 5_000;

/** The plan's form of a step. Editing aids (note) stay behind. */
export function compileStep(step: Step, catalog: CompileCatalog): PlanStep {
  const base = { key: step.key, title: step.title, ...(step.disabled === true ? { disabled: true } : {}) };
  switch (step.kind) {
    case 'operation':
      return compileOperation(step, catalog);
    case 'branch':
      return {
        ...base,
        kind: step.kind,
        mode: step.mode,
        cases: step.cases.map(({ id, label, when }) => ({ id, label, when })),
        ...defined('on', step.on),
      };
    case 'transform':
      return { ...base, kind: step.kind, output: step.output };
    case 'for_each':
      return {
        ...base,
        kind: step.kind,
        items: step.items,
        concurrency: step.concurrency,
        maxItems: maxLoopItems,
        ...defined('result', step.result),
      };
    case 'try':
      return { ...base, kind: step.kind };
    case 'wait':
      return { ...base, kind: step.kind, wait: step.wait };
    case 'respond':
      return {
        ...base,
        kind: step.kind,
        status: step.status,
        ...defined('headers', step.headers),
        ...defined('body', step.body),
      };
    case 'stop':
      return {
        ...base,
        kind: step.kind,
        outcome: step.outcome,
        ...defined('message', step.message),
        ...defined('output', step.output),
      };
  }
}

/** An optional property that is left out when it has no value. */
function defined<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
}

function compileOperation(step: StepOf<'operation'>, catalog: CompileCatalog): PlanStep {
  const base = { key: step.key, title: step.title, ...(step.disabled === true ? { disabled: true } : {}) };
  const found = catalog.resolveOperation(step.connector, step.version, step.operation);
  const operation = found && findOperationShape(found.manifest, step.operation);
  // Only a step that never runs (disabled, or inside one that is) can get here without its connector.
  if (!operation) return { ...base, disabled: true, kind: 'transform', output: { value: null } };
  const resilience = resolveResilience(found.manifest, operation, step);
  const plan: PlanOperationStep = {
    ...base,
    kind: 'operation',
    connector: { slug: step.connector, version: step.version, integrity: found.integrity },
    operation: step.operation,
    activityType: `${step.connector}@${step.version}/${step.operation}`,
    ...defined('connectionId', step.connectionId),
    input: step.input,
    effect: operation.effect,
    resilience,
    isLocal: operation.effect !== 'once' && resilience.timeoutMs <= maxLocalTimeoutMs,
  };
  return plan;
}

/** Step before operation before connector. */
function resolveResilience(manifest: ConnectorShape, operation: Operation, step: StepOf<'operation'>): PlanResilience {
  const { timeoutMs, maxRetries, retryDelayMs, backoff } = manifest.resilience;
  return {
    timeoutMs,
    maxRetries,
    retryDelayMs,
    backoff,
    ...overrides(operation.resilience),
    ...overrides(step.resilience),
  };
}

/** The settings that are given; the limiter and breaker settings are the vault's. */
function overrides(settings: StepResilience | undefined): Partial<PlanResilience> {
  return {
    ...defined('timeoutMs', settings?.timeoutMs),
    ...defined('maxRetries', settings?.maxRetries),
    ...defined('retryDelayMs', settings?.retryDelayMs),
    ...defined('backoff', settings?.backoff),
  };
}
