import type { Run, RunStep, RunSummary } from '@patchbay/api-contract';
import type { FlowDocument, JsonValue } from '@patchbay/flow-model';
import type { RunView, StepError, StepRecord } from '@patchbay/flow-model/plan';
import type { RunListRow, RunRow } from './run-repository.ts';

/** A row of the list of runs as people see it. */
export function summariseRun(row: RunListRow): RunSummary {
  return {
    id: row.id,
    flowId: row.flow_id,
    flowName: row.flow_name,
    ...(row.flow_version !== null && { flowVersion: row.flow_version }),
    state: row.state,
    isTest: row.is_test,
    triggerKind: row.trigger_kind,
    started: row.started_at.toISOString(),
    ...(row.ended_at && {
      ended: row.ended_at.toISOString(),
      durationMs: row.ended_at.getTime() - row.started_at.getTime(),
    }),
    ...(row.error && { error: row.error }),
    ...(row.failed_step !== null && { failedStep: row.failed_step }),
  };
}

/** A run with its steps. */
export function describeRun(row: RunRow, view: RunView, document: FlowDocument): Run {
  const { endedAt } = view;
  const failed = view.error && document.steps[lastKey(view.error.stepPath)];
  return {
    ...summariseRun(row),
    state: view.state,
    ...(endedAt !== undefined && {
      ended: toInstant(endedAt),
      durationMs: Math.max(0, endedAt - row.started_at.getTime()),
    }),
    ...(view.error && { error: toRunError(view.error) }),
    ...(failed && { failedStep: failed.title }),
    document,
    steps: view.steps.map((step) => describeStep(step, document)),
    ...(view.output !== undefined && { output: view.output }),
    ...(view.reply && { reply: { ...view.reply, headers: { ...view.reply.headers } } }),
  };
}

/** One step without its data. */
export function describeStep(record: StepRecord, document: FlowDocument): RunStep {
  const step = document.steps[record.key];
  return {
    path: record.path,
    key: record.key,
    title: step?.title ?? record.key,
    kind: step?.kind ?? 'unknown',
    state: record.state,
    attempts: record.attempts,
    ...(record.startedAt !== undefined && { started: toInstant(record.startedAt) }),
    ...(record.endedAt !== undefined && { ended: toInstant(record.endedAt) }),
    ...(record.takenPorts && { takenPorts: [...record.takenPorts] }),
    ...(record.error && { error: toRunError(record.error) }),
  };
}

/** The trigger as the first step of a run. */
export function describeTrigger(row: RunRow, document: FlowDocument): RunStep {
  const started = row.started_at.toISOString();
  return {
    path: 'trigger',
    key: 'trigger',
    title: document.trigger.title,
    kind: 'trigger',
    state: 'succeeded',
    attempts: 1,
    started,
    ended: started,
  };
}

function toRunError(error: StepError): NonNullable<Run['error']> {
  const { details, ...rest } = error;
  return { ...rest, ...(details !== undefined && { details: details satisfies JsonValue }) };
}

function toInstant(ms: number): string {
  return new Date(ms).toISOString();
}

/** Key of the step at the end of a path such as `lines[3].reserve`. */
function lastKey(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
