import type { ImportedOperation } from '@patchbay/api-contract';
import { AppError, type FieldProblem } from '@patchbay/errors';
import type { OperationDefinition } from '@patchbay/manifest';
import { tooComplex } from '../source/text-guard.ts';
import { digestOperation, findCurrent, type ComparedConnector } from './compare-operations.ts';
import type { ConnectorImport, ImportedForm } from '../../connector/import-repository.ts';

/** Most operations of a connector. */
const maxOperations = 2_000;

/** An operation of a description that can be used. */
export type UsableOperation = ImportedOperation & { readonly operation: OperationDefinition };

/**
 * The operations with these keys; without keys all that can be used and that nobody edited by hand. Throws
 * `validation_error` for a key that is not there or cannot be used, `import_too_complex` for too many.
 */
export function chooseOperations(
  operations: readonly ImportedOperation[],
  keys: readonly string[] | undefined,
): UsableOperation[] {
  if (keys === undefined) {
    return limited(operations.filter((each): each is UsableOperation => isUsable(each) && each.change !== 'edited'));
  }
  const byKey = new Map(operations.map((each) => [each.key, each]));
  const problems: FieldProblem[] = [];
  const chosen = [...new Set(keys)].flatMap((key, index): UsableOperation[] => {
    const found = byKey.get(key);
    if (found !== undefined && isUsable(found)) return [found];
    const reason = found === undefined ? 'The description has no such operation.' : (found.unsupported ?? '');
    problems.push({ path: `/operations/${String(index)}`, message: `${key.slice(0, 200)}: ${reason}` });
    return [];
  });
  if (problems.length > 0) throw new AppError('validation_error', { details: { fields: problems.slice(0, 100) } });
  return limited(chosen);
}

function limited(chosen: UsableOperation[]): UsableOperation[] {
  if (chosen.length <= maxOperations) return chosen;
  throw tooComplex(`A connector holds at most ${String(maxOperations)} operations; choose fewer.`);
}

function isUsable(each: ImportedOperation): each is UsableOperation {
  return each.operation !== undefined;
}

/** Operations of a connector after an import, and what is remembered of it. */
export interface MergedOperations {
  readonly operations: OperationDefinition[];
  readonly imported: ConnectorImport['operations'];
}

/** Puts chosen operations in the place of those they became earlier, new ones at the end; all others stay as they are. */
export function mergeOperations(connector: ComparedConnector, chosen: readonly UsableOperation[]): MergedOperations {
  const operations = [...connector.operations];
  const imported: Record<string, ImportedForm> = { ...connector.lastImport?.operations };
  for (const each of chosen) {
    const current = findCurrent(connector, each);
    const place = current === undefined ? -1 : operations.indexOf(current);
    const isReplacing = current !== undefined && place >= 0;
    const name = isReplacing ? current.name : freeName(operations, each.operation.name);
    const sample = isReplacing && current.sample !== undefined ? { sample: current.sample } : {};
    const operation: OperationDefinition = { ...each.operation, name, ...sample };
    if (isReplacing) operations[place] = operation;
    else operations.push(operation);
    imported[each.key] = { name, digest: digestOperation(operation) };
  }
  return { operations: limitedDefinitions(operations), imported };
}

function limitedDefinitions(operations: OperationDefinition[]): OperationDefinition[] {
  if (operations.length <= maxOperations) return operations;
  throw tooComplex(`A connector holds at most ${String(maxOperations)} operations; choose fewer.`);
}

function freeName(operations: readonly OperationDefinition[], wanted: string): string {
  const taken = new Set(operations.map(({ name }) => name));
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted.slice(0, 74)}_${String(count)}`;
  return name;
}
