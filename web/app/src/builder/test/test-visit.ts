import type { TestOperationResult } from '@patchbay/api-contract/client';
import { createSignal, type WritableSignal } from '../../store/signals.ts';
import type { BuilderSession } from '../shell/builder-session.ts';

/** One call of this visit. */
export interface TestCall {
  readonly number: number;
  readonly at: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Absent: the call could not be made, see `problem`. */
  readonly result?: TestOperationResult;
  readonly problem?: string;
}

/**
 * What a person did in the tab Test since the page was opened: kept in the memory of the page only, so that credentials are
 * nowhere else.
 */
export interface TestVisit {
  readonly credentials: WritableSignal<Readonly<Record<string, string>>>;
  /** Newest first. */
  readonly calls: WritableSignal<readonly TestCall[]>;
  /** What was typed into the form of an operation. */
  readonly inputs: WritableSignal<Readonly<Record<string, Readonly<Record<string, unknown>>>>>;
}

const visits = new WeakMap<BuilderSession, TestVisit>();

/** The visit of a session; the tabs Operations and Test share it. */
export function visitOf(session: BuilderSession): TestVisit {
  const known = visits.get(session);
  if (known !== undefined) return known;
  const visit = { credentials: createSignal({}), calls: createSignal([]), inputs: createSignal({}) };
  visits.set(session, visit);
  return visit;
}

/** The last call of an operation that got an answer. */
export function lastAnswerOf(visit: TestVisit, operation: string): TestCall | undefined {
  return visit.calls.get().find((call) => call.operation === operation && call.result?.status !== undefined);
}
