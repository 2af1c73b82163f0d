import type { MergeConflict } from '@patchbay/canvas-core';
import type { Edge, FlowDocument, JsonValue } from '@patchbay/flow-model';

/** A conflict as a person reads it. */
export interface ConflictWords {
  /** What both changed: "Reserve item › url". */
  readonly subject: string;
  readonly mine: string;
  readonly theirs: string;
}

/** Names of fields that do not say themselves what they are. */
const fieldWords: Readonly<Record<string, string>> = {
  title: 'name',
  cases: 'paths',
  otherwiseLabel: 'name of the last path',
  items: 'list',
  concurrency: 'items at the same time',
  result: 'result of one item',
  connectionId: 'connection',
  bodySchema: 'body',
  inputSchema: 'form',
};

/** Parts of a path that only say how things are stored. */
const silent = new Set(['input', 'object', 'resilience']);

const words = (part: string): string => fieldWords[part] ?? part;

/** Words for a conflict between two versions of a flow. */
export function describeConflict(
  { path, mine, theirs }: MergeConflict,
  versions: { readonly mine: FlowDocument; readonly theirs: FlowDocument },
): ConflictWords {
  const titles = titlesOf(versions);
  const [area = '', key = '', ...inside] = path;
  const title = titles(key);
  if (area === 'scopes') {
    const subject = key === 'root' ? 'Wires' : `Wires in ${titles(key.replace(/\.[^.]*$/, ''))}`;
    return { subject, mine: wireWords(mine, theirs, titles), theirs: wireWords(theirs, mine, titles) };
  }
  if (area === 'places') {
    return { subject: `Where ${title} stands`, mine: placeWords(mine, titles), theirs: placeWords(theirs, titles) };
  }
  if (area !== 'steps') {
    const parts =
      area === 'trigger' ? ['Trigger', ...path.slice(1).map(words)] : [`${capital(words(area))} of the flow`];
    return { subject: parts.join(' › '), mine: valueWords(mine), theirs: valueWords(theirs) };
  }
  if (inside.length === 0) return { subject: `Step ${title}`, mine: stepWords(mine), theirs: stepWords(theirs) };
  const parts = inside.filter((part) => !silent.has(part)).map(words);
  return { subject: [title, ...parts].join(' › '), mine: valueWords(mine), theirs: valueWords(theirs) };
}

type Titles = (key: string) => string;

function titlesOf({ mine, theirs }: { readonly mine: FlowDocument; readonly theirs: FlowDocument }): Titles {
  return (key) => mine.steps[key]?.title ?? theirs.steps[key]?.title ?? key;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const stepWords = (value: JsonValue | undefined): string => (value === undefined ? 'removed' : 'kept, with changes');

function placeWords(value: JsonValue | undefined, titles: Titles): string {
  if (typeof value !== 'string' || value === 'root') return 'in the flow';
  return `in ${titles(value.replace(/\.[^.]*$/, ''))}`;
}

/** The wires of one version that the other does not have. */
function wireWords(value: JsonValue | undefined, other: JsonValue | undefined, titles: Titles): string {
  const [own, known] = [edgesOf(value), edgesOf(other).map((edge) => JSON.stringify(edge))];
  const added = own.filter((edge) => !known.includes(JSON.stringify(edge)));
  return cut(added.map(({ from, to }) => `${titles(from)} → ${titles(to)}`).join(', ') || 'no other wires');
}

/** The edges of a conflict come from documents. */
const edgesOf = (value: JsonValue | undefined): readonly Edge[] =>
  Array.isArray(value) ? (value as unknown as readonly Edge[]) : [];

function valueWords(value: JsonValue | undefined): string {
  if (value === undefined) return 'left out';
  if (typeof value === 'string') return cut(value === '' ? 'empty' : value);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const [name, ...others] = Object.keys(value);
    const isBinding = others.length === 0 && (name === 'formula' || name === 'template' || name === 'value');
    if (isBinding) return valueWords(value[name]);
  }
  return cut(JSON.stringify(value));
}

const cut = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text);
