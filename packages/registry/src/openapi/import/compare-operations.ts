import { isDeepStrictEqual } from 'node:util';
import type { ImportedOperation } from '@patchbay/api-contract';
import { isJsonObject, joinPointer, type OperationDefinition } from '@patchbay/manifest';
import { digestJson } from '@patchbay/manifest/digest';
import type { ConnectorImport } from '../../connector/import-repository.ts';

const mostChanges = 50;
const deepestChange = 8;

/** What the connector holds and what was imported into it last. */
export interface ComparedConnector {
  readonly operations: readonly OperationDefinition[];
  readonly lastImport: ConnectorImport | undefined;
}

/** Operations of a description against those of a connector, and what the description has no more. */
export interface Comparison {
  readonly operations: ImportedOperation[];
  /** Names. */
  readonly removed: string[];
}

/** Content of an operation. A new name is no edit of what it does, and a sample belongs to whoever tested it. */
export function digestOperation(operation: OperationDefinition): string {
  return digestJson(contentOf(operation));
}

function contentOf({ name: _name, sample: _sample, ...content }: OperationDefinition): Record<string, unknown> {
  return content;
}

/** The operation of a connector that an operation of a description became; by name, else by method and path. */
export function findCurrent(
  connector: ComparedConnector,
  imported: ImportedOperation,
): OperationDefinition | undefined {
  const name = connector.lastImport?.operations[imported.key]?.name;
  const { operation } = imported;
  const sameCall = (candidate: OperationDefinition): boolean =>
    candidate.method === operation?.method && candidate.path === operation.path;
  return (
    connector.operations.find((candidate) => candidate.name === name) ??
    connector.operations.find(sameCall) ??
    connector.operations.find((candidate) => candidate.name === operation?.name)
  );
}

/** Marks each operation as new, changed, same or edited, and names those that are gone. */
export function compareOperations(operations: readonly ImportedOperation[], connector: ComparedConnector): Comparison {
  const keys = new Set(operations.map(({ key }) => key));
  const known = Object.entries(connector.lastImport?.operations ?? {});
  const names = new Set(connector.operations.map(({ name }) => name));
  return {
    operations: operations.map((imported) => compare(imported, connector)),
    removed: known.filter(([key, { name }]) => !keys.has(key) && names.has(name)).map(([, { name }]) => name),
  };
}

function compare(imported: ImportedOperation, connector: ComparedConnector): ImportedOperation {
  const { operation } = imported;
  if (operation === undefined) return imported;
  const current = findCurrent(connector, imported);
  if (current === undefined) return { ...imported, change: 'new' };
  const [before, after] = [contentOf(current), contentOf(operation)];
  if (isDeepStrictEqual(before, after)) return { ...imported, change: 'same' };
  const asImported = connector.lastImport?.operations[imported.key]?.digest;
  const isEdited = asImported !== digestOperation(current);
  return { ...imported, change: isEdited ? 'edited' : 'changed', changes: changesBetween(before, after) };
}

type Change = NonNullable<ImportedOperation['changes']>[number];

/** Where two values differ, by JSON pointer; parameters are told apart by name. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  const changes: Change[] = [];
  collect(changes, { before, after, path: '', depth: 0 });
  return changes.slice(0, mostChanges);
}

interface Pair {
  readonly before: unknown;
  readonly after: unknown;
  readonly path: string;
  readonly depth: number;
}

function collect(changes: Change[], { before, after, path, depth }: Pair): void {
  if (changes.length > mostChanges || isDeepStrictEqual(before, after)) return;
  const [left, right] = [byKey(before), byKey(after)];
  if (left === undefined || right === undefined || depth > deepestChange) {
    changes.push({ path, before: before ?? null, after: after ?? null });
    return;
  }
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    collect(changes, { before: left.get(key), after: right.get(key), path: joinPointer(path, key), depth: depth + 1 });
  }
}

function byKey(value: unknown): Map<string, unknown> | undefined {
  if (isJsonObject(value)) return new Map(Object.entries(value));
  if (!Array.isArray(value)) return undefined;
  return new Map(value.map((item, index) => [parameterKey(item) ?? String(index), item]));
}

function parameterKey(item: unknown): string | undefined {
  if (!isJsonObject(item)) return undefined;
  const { name, location } = item;
  return typeof name === 'string' && typeof location === 'string' ? `${location} ${name}` : undefined;
}
