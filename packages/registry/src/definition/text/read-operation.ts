import { isJsonObject, type JsonObject, type JsonValue } from '@patchbay/manifest';
import { unreadable } from './read-text.ts';

/** An operation of a connector document from the seed's words (dibop lines 131 to 145). Throws `import_unreadable`. */
export function readOperation(text: JsonObject): JsonObject {
  const { operation, name = operation, display_name: title, ...rest } = text;
  if (typeof name !== 'string') throw unreadable('An operation needs its identifier under "operation".');
  return { name, display_name: title ?? titleOf(name), ...rest };
}

/** Operations as a list, or by name. */
export function readOperations(operations: JsonValue | undefined): JsonValue {
  if (operations === undefined || operations === null) return [];
  if (Array.isArray(operations)) return operations.map((each) => readOperation(objectOf(each)));
  if (!isJsonObject(operations)) throw unreadable('operations must be a list, or operations by their names.');
  return Object.entries(operations).map(([name, each]) => readOperation({ name, ...objectOf(each) }));
}

function objectOf(value: JsonValue): JsonObject {
  if (!isJsonObject(value)) throw unreadable('An operation must be an object.');
  return value;
}

/** `get_current_weather` reads "Get Current Weather". */
export function titleOf(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[_\s]+/)
    .filter(Boolean);
  return words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join(' ');
}
