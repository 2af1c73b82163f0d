import type { OperationDefinition } from '@patchbay/manifest';
import type { BuilderSession } from '../shell/builder-session.ts';

/** A change of some fields; undefined takes one away. */
export type Change<Value> = { readonly [Name in keyof Value]?: Value[Name] | undefined };

/** One operation that is shown or edited. */
export interface OperationContext {
  readonly session: BuilderSession;
  readonly index: number;
  readonly operation: OperationDefinition;
  readonly isReadonly: boolean;
  /** Changes fields of the operation; edits with the same key are one step of undo. */
  change(change: Change<OperationDefinition>, key: string): void;
  /** Message of the server for a part, for example `path` or `parameters/0/name`. */
  errorOf(part: string): string | undefined;
}

/** A copy with some fields changed; undefined takes one away. */
export function changed<Value extends object>(value: Value, change: Change<Value>): Value {
  const entries = Object.entries({ ...value, ...change }).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as Value; // the keys are those of Value, and only optional ones are taken away
}

/** The operation at an index of a session; undefined when there is none. */
export function contextOf(session: BuilderSession, index: number): OperationContext | undefined {
  const operations = session.connector.get().operations ?? [];
  const operation = operations[index];
  if (operation === undefined) return undefined;
  return {
    session,
    index,
    operation,
    isReadonly: session.mode('operations') !== 'edit',
    change(change, key) {
      const now = session.connector.get().operations ?? [];
      const before = now[index];
      if (before === undefined) return;
      session.change(
        { operations: now.with(index, changed(before, change)) },
        { mergeKey: `operations/${index}/${key}` },
      );
    },
    errorOf: (part) => session.errorFor(`/operations/${index}/${part}`),
  };
}
