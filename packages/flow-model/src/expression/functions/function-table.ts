import { convertFunctions } from './convert-functions.ts';
import { dateFunctions } from './date-functions.ts';
import { encodeFunctions } from './encode-functions.ts';
import type { FunctionRow } from './function-row.ts';
import { listFunctions } from './list-functions.ts';
import { numberFunctions } from './number-functions.ts';
import { objectFunctions } from './object-functions.ts';
import { textFunctions } from './text-functions.ts';

/** Every function of the expression language: the one source for evaluation, check, completion, help and tests. */
export const functionTable: readonly FunctionRow[] = [
  ...textFunctions,
  ...numberFunctions,
  ...dateFunctions,
  ...listFunctions,
  ...objectFunctions,
  ...convertFunctions,
  ...encodeFunctions,
];

/** Names that CEL itself uses, kept so that formulas from elsewhere work; help and completion show only ours. */
const celNames: Readonly<Record<string, string>> = {
  startsWith: 'starts_with',
  endsWith: 'ends_with',
  indexOf: 'index_of',
  lowerAscii: 'lower',
  upperAscii: 'upper',
  double: 'number',
  timestamp: 'date',
};

const rows: ReadonlyMap<string, FunctionRow> = new Map([
  ...functionTable.map((row) => [row.name, row] as const),
  ...Object.entries(celNames).flatMap(([alias, name]) =>
    functionTable.filter((row) => row.name === name).map((row) => [alias, row] as const),
  ),
]);

/** The row of a function by our name or CEL's, or undefined. */
export function findFunction(name: string): FunctionRow | undefined {
  return rows.get(name);
}

/** All names a formula may call, aliases included. */
export function functionNames(): IterableIterator<string> {
  return rows.keys();
}
