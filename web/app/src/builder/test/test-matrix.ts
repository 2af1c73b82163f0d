import type { Connector } from '@patchbay/api-contract/client';
import type { OperationDefinition } from '@patchbay/manifest';
import { isReadOnly } from '../operations/operation-edits.ts';

/** How an operation stands: never run, passed or failed as it is now, or changed since its last run. */
export type TestState = 'none' | 'passed' | 'failed' | 'changed';

/** One line of the matrix. */
export interface MatrixRow {
  readonly name: string;
  readonly title: string;
  readonly state: TestState;
  readonly isReadOnly: boolean;
  readonly at?: string;
  readonly message?: string;
}

/** Word of a state, beside its glyph. */
export const testStateWords = {
  none: 'Not run',
  passed: 'Passed',
  failed: 'Failed',
  changed: 'Changed since',
} as const satisfies Record<TestState, string>;

/** All operations with their last test, in the order of the connector. */
export function matrixOf(operations: readonly OperationDefinition[], results: Connector['test_results']): MatrixRow[] {
  const byName = new Map(results.map((result) => [result.operation, result]));
  return operations.map((operation) => {
    const result = byName.get(operation.name);
    return {
      name: operation.name,
      title: operation.display_name,
      state: stateOf(result),
      isReadOnly: isReadOnly(operation),
      ...(result !== undefined && { at: result.at }),
      ...(result?.message !== undefined && { message: result.message }),
    };
  });
}

function stateOf(result: Connector['test_results'][number] | undefined): TestState {
  if (result === undefined) return 'none';
  if (!result.current) return 'changed';
  return result.passed ? 'passed' : 'failed';
}

/** What "Run all" does: those that only read, and then those that change something, which ask first. */
export function runOrder(operations: readonly OperationDefinition[]): {
  readonly reading: readonly OperationDefinition[];
  readonly changing: readonly OperationDefinition[];
} {
  return {
    reading: operations.filter((operation) => isReadOnly(operation)),
    changing: operations.filter((operation) => !isReadOnly(operation)),
  };
}

/** "5 of 6 pass". */
export function passWords(rows: readonly MatrixRow[]): string {
  return `${rows.filter(({ state }) => state === 'passed').length} of ${rows.length} pass`;
}
