import MiniSearch from 'minisearch';
import { coreStepTitles, type StepTemplate } from '@patchbay/canvas-core';
import type { FlowDocument, StepKind } from '@patchbay/flow-model';
import type { ConnectorManifest } from '@patchbay/manifest';
import type { TileLook } from '../../ui/tile/tile.ts';
import { coreIconOf } from '../element/node-face.ts';

/** One thing that can be added to a flow. */
export interface PaletteEntry {
  readonly id: string;
  readonly title: string;
  /** Connector of an operation, or "Flow" for core steps. */
  readonly group: string;
  readonly detail: string;
  readonly look: TileLook;
  readonly template: StepTemplate;
}

/** Entries under one heading. */
export interface PaletteGroup {
  readonly title: string;
  /** Version of the connector. */
  readonly note: string;
  readonly entries: readonly PaletteEntry[];
}

/** Everything that can be added, and a search over it. */
export interface PaletteIndex {
  readonly groups: readonly PaletteGroup[];
  search(query: string): readonly PaletteEntry[];
  /** What is likely wanted next in this flow. */
  fitting(document: FlowDocument): readonly PaletteEntry[];
}

type CoreKind = Exclude<StepKind, 'operation'>;

const coreWords: Record<CoreKind, string> = {
  branch: 'if else switch condition choose path',
  for_each: 'loop list repeat items',
  try: 'catch error handle failure on error',
  wait: 'sleep delay timer until pause',
  transform: 'map set variable build value json',
  respond: 'answer reply webhook response return',
  stop: 'end finish exit fail',
};

/** Indexes core steps and the operations of these connectors. */
export function createPaletteIndex(manifests: Iterable<ConnectorManifest>): PaletteIndex {
  const core = coreGroup();
  const connectors = newest([...manifests]).map((manifest) => connectorGroup(manifest));
  const groups = [core, ...connectors];
  const entries = groups.flatMap((group) => group.entries);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const index = new MiniSearch<{ id: string; title: string; group: string; words: string }>({
    fields: ['title', 'group', 'words'],
    searchOptions: {
      prefix: true,
      fuzzy: (term) => (term.length > 3 ? 0.2 : false),
      boost: { title: 3, group: 2 },
      combineWith: 'AND',
    },
  });
  index.addAll(
    entries.map((entry) => ({ id: entry.id, title: entry.title, group: entry.group, words: wordsOf(entry) })),
  );
  return {
    groups,
    search: (query) => index.search(query).flatMap((hit) => byId.get(String(hit.id)) ?? []),
    fitting: (document) => fitting(document, entries),
  };
}

function wordsOf(entry: PaletteEntry): string {
  return entry.template.kind === 'operation' ? entry.detail : coreWords[entry.template.kind];
}

function coreGroup(): PaletteGroup {
  const kinds: CoreKind[] = ['branch', 'for_each', 'try', 'wait', 'transform', 'respond', 'stop'];
  const entries = kinds.map((kind): PaletteEntry => ({
    id: kind,
    title: coreStepTitles[kind],
    group: 'Flow',
    detail: '',
    look: { tile: 'slate', icon: coreIconOf(kind) },
    template: { kind },
  }));
  return { title: 'Flow', note: '', entries };
}

function connectorGroup(manifest: ConnectorManifest): PaletteGroup {
  return { title: manifest.name, note: manifest.version, entries: connectorEntries(manifest) };
}

/** What can be added of a connector: its operations, without those that are deprecated or only prove a connection. */
export function connectorEntries(manifest: ConnectorManifest): PaletteEntry[] {
  const look: TileLook = { tile: manifest.icon.tile, dataUri: manifest.icon.dataUri };
  return manifest.operations
    .filter((operation) => operation.deprecated === undefined && !isOnlyTest(manifest, operation))
    .map((operation): PaletteEntry => ({
      id: `${manifest.slug}.${operation.name}`,
      title: operation.title,
      group: manifest.name,
      detail: operation.description,
      look,
      template: { kind: 'operation', manifest, operation: operation.name },
    }));
}

/** An operation that only proves that a connection works is for the connection's Test button, not for flows. */
function isOnlyTest(manifest: ConnectorManifest, operation: ConnectorManifest['operations'][number]): boolean {
  const { properties } = operation.input as { properties?: object };
  return manifest.connectionTest?.operation === operation.name && Object.keys(properties ?? {}).length === 0;
}

function newest(manifests: readonly ConnectorManifest[]): ConnectorManifest[] {
  const bySlug = new Map<string, ConnectorManifest>();
  for (const manifest of manifests) {
    const known = bySlug.get(manifest.slug);
    if (known === undefined || compareVersions(known.version, manifest.version) < 0)
      bySlug.set(manifest.slug, manifest);
  }
  return [...bySlug.values()].sort((a, b) => a.name.localeCompare(b.name));
}

function compareVersions(a: string, b: string): number {
  const left = a.split(/[.-]/).map(Number);
  const right = b.split(/[.-]/).map(Number);
  const at = left.findIndex((part, index) => part !== right[index]);
  return at === -1 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/** Operations of connectors that the flow uses already; an answer where a caller waits for one. */
function fitting(document: FlowDocument, entries: readonly PaletteEntry[]): PaletteEntry[] {
  const steps = Object.values(document.steps);
  const used = new Set(
    steps.flatMap((step) => (step.kind === 'operation' ? [`${step.connector}.${step.operation}`] : [])),
  );
  const slugs = new Set([...used].map((id) => id.slice(0, id.lastIndexOf('.'))));
  const isWaitingForAnswer = document.trigger.kind === 'webhook' && document.trigger.reply === 'sync';
  const needsAnswer = isWaitingForAnswer && !steps.some((step) => step.kind === 'respond');
  const answer = entries.filter((entry) => needsAnswer && entry.template.kind === 'respond');
  const related = entries.filter(
    (entry) => entry.template.kind === 'operation' && slugs.has(entry.template.manifest.slug) && !used.has(entry.id),
  );
  return [...answer, ...related].slice(0, 3);
}
