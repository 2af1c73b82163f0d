import type { FieldProblem } from '@patchbay/errors';
import type { ConnectorManifest, Operation, Processor } from './connector-manifest.ts';
import { isJsonObject } from './json.ts';
import { isPointer } from './json-pointer.ts';

/** Checks one data processor against the operation that it names. `place` is its own place in the manifest. */
export function checkProcessor(manifest: ConnectorManifest, processor: Processor, place: string): FieldProblem[] {
  const operation = manifest.operations.find((candidate) => candidate.name === processor.operation);
  return [
    ...checkOperationOf(processor, operation, `${place}/operation`),
    ...checkPointer(processor.recordsPointer, `${place}/recordsPointer`),
    ...checkPointer(processor.idPointer, `${place}/idPointer`),
    ...checkPointer(processor.page?.cursorPointer, `${place}/page/cursorPointer`),
    ...checkCursorField(processor, operation, `${place}/page/cursorField`),
  ];
}

function checkOperationOf({ operation: name }: Processor, found: Operation | undefined, path: string): FieldProblem[] {
  if (found === undefined) return [{ path, message: `There is no operation "${name}".` }];
  return found.effect === 'read'
    ? []
    : [{ path, message: `"${name}" has the effect ${found.effect}; fetching data may only read.` }];
}

function checkPointer(pointer: string | undefined, path: string): FieldProblem[] {
  return pointer === undefined || isPointer(pointer)
    ? []
    : [{ path, message: `"${pointer}" is not a JSON pointer; write /items, or an empty text for the whole output.` }];
}

/** The first page is asked for without a cursor, so the field may not be required. */
function checkCursorField({ page }: Processor, operation: Operation | undefined, path: string): FieldProblem[] {
  if (page === undefined || operation === undefined) return [];
  const { properties, required } = operation.input;
  if (!isJsonObject(properties) || !Object.hasOwn(properties, page.cursorField)) {
    return [{ path, message: `The input of "${operation.name}" has no field "${page.cursorField}".` }];
  }
  return Array.isArray(required) && required.includes(page.cursorField)
    ? [{ path, message: `"${page.cursorField}" is required, but the first page has no cursor.` }]
    : [];
}
