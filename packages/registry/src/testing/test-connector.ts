import type { RouteBody, TestOperationResult } from '@patchbay/api-contract';
import { AppError, isAppError, type FieldProblem } from '@patchbay/errors';
import type { ConnectorDefinition, ConnectorManifest, JsonObject, JsonValue } from '@patchbay/manifest';
import type { Caller } from '../caller.ts';
import { createConnectorRepository } from '../connector/connector-repository.ts';
import { stateById } from '../connector/connector-state-repository.ts';
import type { ConnectorState, VersionState } from '../connector/connector-state.ts';
import { heldSlugs, readerOf } from '../connector/reader.ts';
import { checkDefinition } from '../definition/check-definition.ts';
import { hashOperation } from '../definition/hash-definition.ts';
import { toManifest } from '../definition/to-manifest.ts';
import { refuseRole } from '../lifecycle/permissions.ts';
import { seesVersion } from '../lifecycle/sees-version.ts';
import type { DeclarativeAnswer, RegistryDeps } from '../registry-deps.ts';
import { openConfig } from '../settings/seal-config.ts';
import { settingsOf } from '../settings/settings-repository.ts';
import { storeTestResult } from './test-result-repository.ts';

/** One test of one operation. */
export interface OperationTestCall {
  readonly idOrSlug: string;
  readonly body: RouteBody<'testConnector'>;
}

/** Longest call: a person waits for it. */
const longestCallMs = 30_000;
const testableStages: ReadonlySet<VersionState['stage']> = new Set(['draft', 'ready', 'pre_released', 'published']);
const longestMessage = 500;

/** What is tested. */
interface Subject {
  readonly state: ConnectorState;
  readonly version: VersionState;
  readonly definition: ConnectorDefinition;
  readonly operation: ConnectorDefinition['operations'][number];
}

/**
 * Calls one operation of the present definition for real, with credentials that are kept nowhere (DI-68), and remembers only whether
 * it passed. With a mock answer nothing is called and nothing remembered. Throws `connector_not_found`, `forbidden_role`,
 * `sdk_access_disabled`, `invalid_transition`, `operation_unknown`, `validation_error` for the input or a definition that cannot run,
 * and `credentials_incomplete` with `details.missing`; a call that failed is an answer.
 */
export async function testConnector(
  deps: RegistryDeps,
  caller: Caller,
  { idOrSlug, body }: OperationTestCall,
): Promise<TestOperationResult> {
  const { state, version } = await findTestable(deps, caller, idOrSlug);
  const subject = subjectOf(state, version, body.operation);
  const answer = await call(deps, subject, body);
  const result = toResult(subject, answer, body.mock_response !== undefined);
  if (!result.mocked) {
    await storeTestResult(deps.database.connection, state, {
      version: version.version,
      operation: body.operation,
      operationHash: hashOperation(subject.definition, body.operation) ?? '',
      isPassed: result.ok,
      message: messageOf(result),
      testedAt: deps.clock(),
    });
  }
  return result;
}

/** The draft if there is one, else the version that people see; T2 says who may. */
async function findTestable(
  deps: RegistryDeps,
  caller: Caller,
  idOrSlug: string,
): Promise<{ readonly state: ConnectorState; readonly version: VersionState }> {
  const db = deps.database.connection;
  const reader = readerOf(caller, await heldSlugs(deps, caller));
  const found = await createConnectorRepository(db).findVisible(reader, idOrSlug);
  if (found === undefined) throw new AppError('connector_not_found');
  const state = await stateById(db, found.id);
  const version = state.draft ?? state.head;
  if (!seesVersion(reader, { connector: state, version })) throw new AppError('connector_not_found');
  const refusal = refuseRole('edit', { state, version, input: {}, caller });
  if (refusal !== undefined) throw new AppError(refusal, { details: { role: caller.role } });
  if (!testableStages.has(version.stage)) {
    throw new AppError('invalid_transition', { details: { stage: version.stage, version: version.version } });
  }
  return { state, version };
}

function subjectOf(state: ConnectorState, version: VersionState, name: string): Subject {
  // Changes that wait for `_republish` are what is being worked on.
  const definition = version.pendingDefinition ?? version.definition;
  if (definition === undefined) {
    throw new AppError('invalid_transition', {
      message: 'Only a connector of the builder is tested so; a package brings its own tests.',
      hint: 'Call its operations through a connection.',
    });
  }
  const operation = definition.operations.find((each) => each.name === name);
  if (operation === undefined) throw new AppError('operation_unknown', { details: { operation: name } });
  return { state, version, definition, operation };
}

async function call(deps: RegistryDeps, subject: Subject, body: OperationTestCall['body']): Promise<DeclarativeAnswer> {
  const manifest = manifestOf(subject);
  const credentials = { ...(await heldClient(deps, subject)), ...body.credentials };
  const timeoutMs = Math.min(longestCallMs, manifest.resilience.timeoutMs);
  const mock = body.mock_response && { status: body.mock_response.status, body: body.mock_response.body as JsonValue };
  try {
    return await deps.outbound.call({
      ...{ manifest, operation: body.operation, input: body.input as JsonObject, credentials, mock, timeoutMs },
      signal: new AbortController().signal,
    });
  } catch (failure) {
    throw toInputError(failure);
  }
}

/** Of this one operation: what is wrong with others keeps nobody from testing it. */
function manifestOf({ state, version, definition, operation }: Subject): ConnectorManifest {
  const { identity, tenantId } = state;
  const only = { ...definition, operations: [operation] };
  const source = { identity, tenantId, version: version.version, definition: only };
  const fields = checkDefinition(source);
  if (fields.length > 0) {
    throw new AppError('validation_error', { message: 'The connector cannot be called yet.', details: { fields } });
  }
  return toManifest(source);
}

/** Client id and secret that the connector itself holds (5.10), of the owner. */
async function heldClient(
  { database, secrets }: RegistryDeps,
  { state, definition }: Subject,
): Promise<Record<string, string>> {
  const { auth_scheme: auth } = definition;
  if (auth.type !== 'oauth2' || auth.held_by !== 'connector') return {};
  const stored = (await settingsOf(database.connection, state.tenantId, [state.id])).get(state.id) ?? {};
  const place = { tenantId: state.tenantId, connectorId: state.id };
  const config = await openConfig(secrets, place, stored);
  const texts = ['client_id', 'client_secret'].map((name) => [name, config[name]] as const);
  return Object.fromEntries(texts.filter((entry): entry is readonly [string, string] => typeof entry[1] === 'string'));
}

/** DI-42, DI-43: what does not fit is the request's fault, named by its parameter. */
function toInputError(failure: unknown): unknown {
  if (!isAppError(failure)) return failure;
  const { code, message, hint } = failure;
  const { wasSent: _wasSent, problems, ...details } = failure.details;
  if (code !== 'operation_input_invalid') return new AppError(code, { message, hint, details });
  const fields = ((problems ?? []) as FieldProblem[]).map((problem) => ({ ...problem, path: `/input${problem.path}` }));
  return new AppError('validation_error', { message, details: { fields } });
}

function toResult({ operation }: Subject, answer: DeclarativeAnswer, mocked: boolean): TestOperationResult {
  const { status, error, outputProblems } = answer;
  const isSuccess = error === undefined && status !== undefined && status >= 200 && status <= 299;
  return {
    ok: isSuccess && outputProblems.length === 0,
    operation: operation.name,
    ...(answer.request && { request: answer.request }),
    ...(status !== undefined && { status }),
    headers: answer.headers,
    body: answer.body,
    duration_ms: answer.durationMs,
    // An error page is not held against the schema of the answer.
    ...(operation.response_schema !== undefined && isSuccess && { schema_valid: outputProblems.length === 0 }),
    schema_problems: [...outputProblems],
    ...(error && { error }),
    mocked,
  };
}

/** One sentence for the list of tests; secrets are masked in it already, and nothing of the answer stands there. */
function messageOf(result: TestOperationResult): string | null {
  if (result.ok) return null;
  if (result.error !== undefined) return result.error.message.slice(0, longestMessage);
  const [problem] = result.schema_problems;
  return problem === undefined ? `Status ${String(result.status)}.` : `The answer does not fit at ${problem.path}.`;
}
