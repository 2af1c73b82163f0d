import type { AuditEntry, ConnectorVersionView, Stage } from '@patchbay/api-contract/client';
import { dateWords } from '../format/time.ts';

/** A stage on the line of a version. */
export interface Station {
  readonly stage: Stage;
  readonly place: 'passed' | 'here' | 'ahead';
  /** When it came there and who did it, or when it will; empty: not known. */
  readonly note: string;
}

const order: readonly Stage[] = ['draft', 'ready', 'pre_released', 'published', 'blocked', 'deprecated', 'retired'];

/** Stages that a version need not pass: they stand on the line only if it did, or may still. */
const sidings: readonly Stage[] = ['pre_released', 'blocked'];

/** The way of a version through its stages, with where it stands; `history` are the audit entries of the connector. */
export function stationsOf(view: ConnectorVersionView, history: readonly AuditEntry[]): readonly Station[] {
  const here = order.indexOf(view.stage);
  return order
    .map((stage, index): Station => ({
      stage,
      place: index < here ? 'passed' : index === here ? 'here' : 'ahead',
      note: index > here ? plannedNote(stage, view) : reachedNote(stage, view, history),
    }))
    .filter((station) => !sidings.includes(station.stage) || isOnTheWay(station, view, history));
}

function isOnTheWay({ stage, place }: Station, view: ConnectorVersionView, history: readonly AuditEntry[]): boolean {
  if (place === 'here') return true;
  if (place === 'passed') return entryOf(stage, view, history) !== undefined;
  return stage === 'pre_released';
}

/** The last time that the version came to the stage. History is newest first. */
const entryOf = (
  stage: Stage,
  { version }: ConnectorVersionView,
  history: readonly AuditEntry[],
): AuditEntry | undefined =>
  history.find((entry) => entry.version === version && entry.to === stage && entry.from !== stage);

function reachedNote(stage: Stage, view: ConnectorVersionView, history: readonly AuditEntry[]): string {
  const entry = entryOf(stage, view, history);
  if (entry !== undefined) return `${dateWords(entry.at)}, ${entry.actor}`;
  const at = { draft: view.created, published: view.published, deprecated: view.deprecation?.since }[stage as string];
  return at === undefined ? '' : dateWords(at);
}

function plannedNote(stage: Stage, { deprecation }: ConnectorVersionView): string {
  if (stage === 'pre_released') return 'if wanted';
  const end = deprecation?.sunset_at;
  return stage === 'retired' && end !== undefined ? `on ${dateWords(end)}` : '';
}
