import type { Run, RunStep } from '@patchbay/api-contract/client';
import type { FlowDocument } from '@patchbay/flow-model';

/** One line of the timeline. Times are epoch milliseconds. */
export interface TimelineRow {
  /** Path of the step, `<loop path>[n]` for an iteration, `trigger` for the trigger. */
  readonly id: string;
  readonly depth: number;
  readonly label: string;
  readonly state: string;
  readonly kind: 'trigger' | 'step' | 'container' | 'iteration';
  readonly start?: number;
  readonly end?: number;
  /** Said instead of a bar. */
  readonly note?: 'not reached' | 'not taken';
  readonly hasChildren: boolean;
}

interface Level {
  readonly scope: string;
  /** Path before the keys of this level, `''` or `lines[2].`. */
  readonly prefix: string;
  readonly depth: number;
}

const millis = (instant: string | undefined): number | undefined =>
  instant === undefined ? undefined : Date.parse(instant);

/** Every step of the run in the order of the flow, iterations grouped under their loop. */
export function timelineRows(run: Run): TimelineRow[] {
  const byPath = new Map(run.steps.map((step) => [step.path, step]));
  const started = Date.parse(run.started);
  const rows: TimelineRow[] = [
    {
      id: 'trigger',
      depth: 0,
      label: run.document.trigger.title,
      state: 'succeeded',
      kind: 'trigger',
      start: started,
      end: started,
      hasChildren: false,
    },
  ];
  addScope({ run, byPath, rows }, { scope: 'root', prefix: '', depth: 0 });
  return rows;
}

interface Building {
  readonly run: Run;
  readonly byPath: ReadonlyMap<string, RunStep>;
  readonly rows: TimelineRow[];
}

function addScope(building: Building, level: Level): void {
  for (const key of orderedKeys(building.run.document, level.scope)) {
    addStep(building, level, key);
  }
}

function addStep(building: Building, level: Level, key: string): void {
  const step = building.run.document.steps[key];
  if (step === undefined) return;
  const path = level.prefix + key;
  const record = building.byPath.get(path);
  const isContainer = step.kind === 'for_each' || step.kind === 'try';
  building.rows.push(stepRow(building.run, { path, depth: level.depth, label: step.title, isContainer }, record));
  if (record === undefined || record.state === 'skipped' || record.state === 'pending') return;
  if (step.kind === 'try') addTry(building, level, key);
  if (step.kind === 'for_each') addIterations(building, level, key);
}

function addTry(building: Building, level: Level, key: string): void {
  const inner = { prefix: level.prefix, depth: level.depth + 1 };
  addScope(building, { ...inner, scope: `${key}.body` });
  const handler = orderedKeys(building.run.document, `${key}.catch`);
  if (handler.some((step) => building.byPath.has(level.prefix + step)))
    addScope(building, { ...inner, scope: `${key}.catch` });
}

function addIterations(building: Building, level: Level, key: string): void {
  const loop = level.prefix + key;
  for (const [index, steps] of iterationsOf(building.run.steps, loop)) {
    const id = `${loop}[${index}]`;
    building.rows.push({
      id,
      depth: level.depth + 1,
      label: `Item ${index + 1}`,
      state: worstState(steps.map((step) => step.state)),
      kind: 'iteration',
      ...span(steps),
      hasChildren: true,
    });
    addScope(building, { scope: `${key}.body`, prefix: `${id}.`, depth: level.depth + 2 });
  }
}

/** Steps of each iteration of a loop, by index, in order. */
export function iterationsOf(steps: readonly RunStep[], loop: string): Map<number, RunStep[]> {
  const found = new Map<number, RunStep[]>();
  const start = `${loop}[`;
  for (const step of steps) {
    if (!step.path.startsWith(start)) continue;
    const index = Number.parseInt(step.path.slice(start.length), 10);
    const list = found.get(index) ?? [];
    list.push(step);
    found.set(index, list);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}

interface RowPlace {
  readonly path: string;
  readonly depth: number;
  readonly label: string;
  readonly isContainer: boolean;
}

function noteOf(state: string, isUnreached: boolean): TimelineRow['note'] {
  if (state === 'skipped') return 'not taken';
  return isUnreached ? 'not reached' : undefined;
}

function stepRow(run: Run, place: RowPlace, record: RunStep | undefined): TimelineRow {
  const state = record?.state ?? 'pending';
  const start = millis(record?.started);
  const end = millis(record?.ended);
  const note = noteOf(state, isOver(run) && start === undefined);
  return {
    id: place.path,
    depth: place.depth,
    label: place.label,
    state,
    kind: place.isContainer ? 'container' : 'step',
    hasChildren: place.isContainer && start !== undefined,
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    ...(note === undefined ? {} : { note }),
  };
}

/** Whether a run has ended. */
export const isOver = (run: Pick<Run, 'state'>): boolean => run.state !== 'running' && run.state !== 'queued';

function span(steps: readonly RunStep[]): { start?: number; end?: number } {
  const starts = steps.flatMap((step) => millis(step.started) ?? []);
  const isOpen = steps.some((step) => step.started !== undefined && step.ended === undefined);
  const ends = steps.flatMap((step) => millis(step.ended) ?? []);
  return {
    ...(starts.length === 0 ? {} : { start: Math.min(...starts) }),
    ...(isOpen || ends.length === 0 ? {} : { end: Math.max(...ends) }),
  };
}

const severity = ['skipped', 'pending', 'succeeded', 'cancelled', 'waiting', 'running', 'retrying', 'failed'];

/** The state that stands for several: what needs a look comes first. */
export function worstState(states: readonly string[]): string {
  return states.reduce(
    (worst, state) => (severity.indexOf(state) > severity.indexOf(worst) ? state : worst),
    states[0] ?? 'pending',
  );
}

/** Keys of a scope in the order in which they can run; steps of equal rank keep their order in the document. */
function orderedKeys(document: FlowDocument, scopeId: string): string[] {
  const scope = document.scopes[scopeId];
  if (scope === undefined) return [];
  const waiting = new Map(scope.steps.map((key) => [key, scope.edges.filter((edge) => edge.to === key).length]));
  const ready = scope.steps.filter((key) => waiting.get(key) === 0);
  const ordered: string[] = [];
  for (let key = ready.shift(); key !== undefined; key = ready.shift()) {
    ordered.push(key);
    const next = scope.edges.filter((edge) => edge.from === key).map((edge) => edge.to);
    const freed = next.filter((to) => {
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      return left === 0;
    });
    ready.unshift(...new Set(freed));
  }
  return ordered;
}

/** Rows that are visible when the rows with these ids are folded. */
export function unfolded(rows: readonly TimelineRow[], folded: ReadonlySet<string>): TimelineRow[] {
  const visible: TimelineRow[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    if (row.depth > hiddenBelow) continue;
    hiddenBelow = folded.has(row.id) ? row.depth : Number.POSITIVE_INFINITY;
    visible.push(row);
  }
  return visible;
}

/** Ticks of the time axis: at most five, on round values; only the last names the unit. `at` is a share of the span. */
export function axisTicks(spanMs: number): { label: string; at: number }[] {
  const steps = [
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 300_000, 600_000,
  ];
  const step = steps.find((candidate) => spanMs / candidate <= 4) ?? 3_600_000 * Math.ceil(spanMs / 14_400_000);
  const [divisor, unit] = unitOf(step);
  const places: number[] = [];
  for (let at = 0; at <= spanMs; at += step) places.push(at);
  const shown = places.filter((at) => at < 0.9 * spanMs || places.length < 3);
  return shown.map((at, index) => ({
    label: index === shown.length - 1 && index > 0 ? `${at / divisor} ${unit}` : String(at / divisor),
    at: spanMs === 0 ? 0 : at / spanMs,
  }));
}

function unitOf(stepMs: number): [number, string] {
  if (stepMs < 1_000) return [1, 'ms'];
  return stepMs < 60_000 ? [1_000, 's'] : [60_000, 'min'];
}
