import { isAppError } from '@patchbay/errors';
import type { OperationDefinition } from '@patchbay/manifest';
import { validateValue, type ValueProblems } from '../../forms/schema/validate-value.ts';
import { problemSentence } from '../../problems/describe-problem.ts';
import type { BuilderSession } from '../shell/builder-session.ts';
import { inputSchemaOf } from './input-schema.ts';
import { visitOf, type TestCall } from './test-visit.ts';

/** Calls of a visit that the log keeps. */
const keptCalls = 200;

/** What the form of an operation begins with: what was typed, or the sample. */
export function inputOf(session: BuilderSession, operation: OperationDefinition): Readonly<Record<string, unknown>> {
  return visitOf(session).inputs.get()[operation.name] ?? operation.sample?.input ?? {};
}

/** What keeps an operation from being called as it is filled in; defaults count as filled. */
export function inputProblems(session: BuilderSession, operation: OperationDefinition): ValueProblems {
  return validateValue(inputSchemaOf(operation), inputOf(session, operation));
}

/** Names of the credential fields that are needed and empty. */
export function missingCredentials(session: BuilderSession): readonly string[] {
  const { auth_scheme: auth } = session.connector.get();
  if (auth === undefined || auth.type === 'none') return [];
  const given = visitOf(session).credentials.get();
  return auth.credential_schema
    .filter((field) => field.required && (given[field.name] ?? field.default ?? '') === '')
    .map(({ name }) => name);
}

/** The credentials of this visit, with the defaults of the fields. */
function credentialsOf(session: BuilderSession): Record<string, string> {
  const { auth_scheme: auth } = session.connector.get();
  if (auth === undefined || auth.type === 'none') return {};
  const given = visitOf(session).credentials.get();
  return Object.fromEntries(
    auth.credential_schema.flatMap(({ name, default: preset }) => {
      const value = given[name] ?? preset ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

/** An answer that is checked in place of a call. */
export interface MockAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Saves the draft, calls one operation for real (or checks a given answer) and keeps the call in the log of this visit. */
export async function runOperation(
  session: BuilderSession,
  operation: OperationDefinition,
  mock?: MockAnswer,
): Promise<TestCall> {
  const visit = visitOf(session);
  const input = inputOf(session, operation);
  const begun = {
    number: (visit.calls.get()[0]?.number ?? 0) + 1,
    at: new Date().toISOString(),
    operation: operation.name,
    input,
  };
  const call: TestCall = {
    ...begun,
    ...(await answerOf(session, { operation: operation.name, input, ...(mock && { mock_response: mock }) })),
  };
  visit.calls.set([call, ...visit.calls.get()].slice(0, keptCalls));
  return call;
}

async function answerOf(
  session: BuilderSession,
  body: {
    readonly operation: string;
    readonly input: Readonly<Record<string, unknown>>;
    readonly mock_response?: MockAnswer;
  },
): Promise<Pick<TestCall, 'result' | 'problem'>> {
  if (!(await session.flush())) return { problem: 'The draft could not be saved, so the operation was not called.' };
  try {
    const credentials = credentialsOf(session);
    const result = await session.api.call('testConnector', {
      params: { id: session.id },
      body: { ...body, credentials },
    });
    await session.refresh();
    return { result };
  } catch (error) {
    const missing = isAppError(error) ? error.details['missing'] : undefined;
    const names = Array.isArray(missing) ? ` ${missing.join(', ')}.` : '';
    return { problem: `${problemSentence(error)}${names}` };
  }
}

/** Did the call do what was expected: an answer that is no error and fits its schema? */
export function hasPassed({ result }: TestCall): boolean {
  return result !== undefined && result.ok && result.schema_valid !== false;
}
