import type { Run, RunStep } from '@patchbay/api-contract/client';
import type { NodePaint } from '../canvas/element/node-face.ts';
import type { SceneEdge } from '@patchbay/canvas-core';
import { stateWords } from '../canvas/element/state-words.ts';
import { formatDuration } from './durations.ts';
import { isOver, iterationsOf, worstState } from './timeline-rows.ts';

/** What the canvas shows of a run. `focus` is the path of an iteration whose steps are shown, for example `lines[1]`. */
export function paintOf(run: Run, focus?: string): Map<string, NodePaint> {
  const paint = new Map<string, NodePaint>([
    ['trigger', { state: 'succeeded', caption: run.triggerKind === 'manual' ? 'Started by hand' : 'Request received' }],
  ]);
  const byKey = Map.groupBy(run.steps, (step) => step.key);
  for (const key of Object.keys(run.document.steps)) {
    const records = focused(byKey.get(key) ?? [], focus);
    paint.set(key, records.length === 0 ? unreached(run) : paintOne(run, records));
  }
  return paint;
}

function focused(records: readonly RunStep[], focus: string | undefined): readonly RunStep[] {
  if (focus === undefined) return records;
  const inside = records.filter((record) => record.path.startsWith(`${focus}.`));
  return inside.length > 0 || records.some((record) => record.path.includes(']')) ? inside : records;
}

const unreached = (run: Run): NodePaint => ({ state: 'pending', caption: isOver(run) ? 'Not reached' : 'Not started' });

function paintOne(run: Run, records: readonly RunStep[]): NodePaint {
  const state = worstState(records.map((record) => record.state));
  const shown = records.filter((record) => record.state === state);
  const first = shown[0];
  if (first === undefined) return unreached(run);
  return { state, caption: caption(run, records, first) };
}

function caption(run: Run, records: readonly RunStep[], record: RunStep): string {
  const took =
    record.started !== undefined && record.ended !== undefined
      ? Date.parse(record.ended) - Date.parse(record.started)
      : undefined;
  switch (record.state) {
    case 'failed':
      return [shortError(record), record.attempts > 1 ? `${record.attempts} attempts` : ''].filter(Boolean).join(' · ');
    case 'retrying':
      return `Retrying, attempt ${record.attempts}`;
    case 'skipped':
      return 'Path not taken';
    case 'succeeded':
      return succeeded(run, records, took);
    default:
      return stateWords[record.state] ?? record.state;
  }
}

function succeeded(run: Run, records: readonly RunStep[], took: number | undefined): string {
  const step = records[0];
  const time = took === undefined ? 'Done' : formatDuration(took);
  if (step === undefined) return time;
  const kind = run.document.steps[step.key];
  if (records.length > 1) return `${records.length} times · last ${time}`;
  if (kind?.kind === 'for_each') return `${iterationsOf(run.steps, step.path).size} items · ${time}`;
  if (kind?.kind !== 'branch') return time;
  const port = step.takenPorts?.[0];
  const label = kind.cases.find((branchCase) => branchCase.id === port)?.label ?? kind.otherwiseLabel ?? 'Otherwise';
  return `${label} · ${time}`;
}

function shortError(record: RunStep): string {
  const status = (record.error?.details as { status?: unknown } | undefined)?.status;
  if (typeof status === 'number') return String(status);
  return (record.error?.code ?? 'failed').replaceAll('_', ' ');
}

/** Look of a wire in a run: taken, live, bad, or idle. */
export function wireLook(run: Run, paint: ReadonlyMap<string, NodePaint>): (edge: SceneEdge) => string {
  const stateOf = (key: string): string => paint.get(key)?.state ?? 'pending';
  return (edge) => {
    const target = stateOf(edge.to);
    const isReached = target !== 'skipped' && target !== 'pending';
    if (!isReached || (!edge.isEntry && stateOf(edge.from) === 'succeeded' && !wasTaken(run, edge))) return 'is-idle';
    if (edge.isEntry) return edge.isError ? 'is-bad' : 'is-taken';
    return target === 'running' || target === 'retrying' ? 'is-live' : 'is-taken';
  };
}

function wasTaken(run: Run, edge: SceneEdge): boolean {
  if (run.document.steps[edge.from]?.kind !== 'branch') return true;
  const records = run.steps.filter((step) => step.key === edge.from && step.takenPorts !== undefined);
  return records.length === 0 || records.some((record) => record.takenPorts?.includes(edge.port) === true);
}
