import type { ChecklistEntry } from '@patchbay/api-contract';
import type { AuthDefinition, ConnectorDefinition, OperationDefinition } from '@patchbay/manifest';
import type { ConnectorState, VersionState } from '../connector/connector-state.ts';
import { hashOperation } from '../definition/hash-definition.ts';

type OAuth2 = Extract<AuthDefinition, { type: 'oauth2' }>;

/** Mandatory authentication details that are not there yet, by field name (requirements.md 4.4). Empty: complete. */
export function missingAuthDetails(state: ConnectorState, { definition }: Pick<VersionState, 'definition'>): string[] {
  if (definition === undefined) return [];
  const scheme = definition.auth_scheme;
  if (scheme.type === 'api_key') return scheme.parameters.length === 0 ? ['parameters'] : [];
  if (scheme.type === 'bearer') {
    return scheme.credential_schema.some((field) => field.type === 'password') ? [] : ['credential_schema'];
  }
  return scheme.type === 'oauth2' ? missingOAuth2(scheme, state.ownerSettings) : [];
}

function missingOAuth2(scheme: OAuth2, settings: readonly string[]): string[] {
  const fields = new Set(scheme.credential_schema.map((field) => field.name));
  const required = new Set(scheme.credential_schema.flatMap((field) => (field.required ? [field.name] : [])));
  const held = scheme.held_by === 'connector' ? new Set(settings) : required;
  return [
    ...(scheme.token_url === undefined && !fields.has('token_url') ? ['token_url'] : []),
    ...(scheme.grant_type === 'authorization_code' && scheme.authorize_url === undefined ? ['authorize_url'] : []),
    ...['client_id', 'client_secret'].filter((name) => !held.has(name)),
  ];
}

/** Blocking entries of the checklist that are not done (T6). Empty: it may be published. */
export function publishProblems(state: ConnectorState, version: VersionState): ChecklistEntry[] {
  return describeChecklist(state, version).filter((entry) => entry.blocking && !entry.done);
}

/** What `_ready` and `_publish` ask for and what they advise, done or not; the list of the builder. */
export function describeChecklist(state: ConnectorState, version: VersionState): ChecklistEntry[] {
  const { definition } = version;
  // Packages and flows bring their own tests and have no definition that a person could mend here (5.42).
  if (definition === undefined) return [];
  return [
    ...overviewEntries(state, definition),
    ...authEntries(state, version),
    ...operationEntries(definition),
    ...(state.origin.kind === 'builder' ? testEntries(state, definition) : []),
  ];
}

const blocking = (entry: Omit<ChecklistEntry, 'blocking'>): ChecklistEntry => ({ ...entry, blocking: true });
const advice = (entry: Omit<ChecklistEntry, 'blocking'>): ChecklistEntry => ({ ...entry, blocking: false });

function overviewEntries({ identity }: ConnectorState, definition: ConnectorDefinition): ChecklistEntry[] {
  const section = 'overview';
  return [
    blocking({
      ...{ code: 'description_missing', section, done: identity.description.trim() !== '' },
      message: 'Say in the description what the connector does.',
    }),
    blocking({
      ...{ code: 'base_url_missing', section, done: definition.base_url !== '' },
      message: 'Give the base URL that all calls start with.',
    }),
    advice({
      ...{ code: 'icon_missing', section, done: identity.icon !== '' },
      message: 'Add an icon, so that people recognise the connector.',
    }),
    advice({
      ...{ code: 'documentation_url_missing', section, done: identity.documentationUrl !== undefined },
      message: "Link to the documentation of the external system's API.",
    }),
  ];
}

function authEntries(state: ConnectorState, version: VersionState): ChecklistEntry[] {
  const missing = missingAuthDetails(state, version);
  const message =
    missing.length === 0
      ? 'The mandatory authentication details are there.'
      : `Complete the authentication details: ${missing.join(', ')}.`;
  return [blocking({ code: 'auth_details_incomplete', section: 'auth', done: missing.length === 0, message })];
}

function operationEntries({ operations }: ConnectorDefinition): ChecklistEntry[] {
  const section = 'operations';
  return [
    blocking({
      ...{ code: 'operation_missing', section, done: operations.length > 0 },
      message: 'Define at least one operation.',
    }),
    ...operations
      .filter((operation) => operation.response_schema === undefined)
      .map(({ name, display_name }) =>
        advice({
          ...({ code: 'response_schema_missing', section, operation: name, done: false } as const),
          message: `Give "${display_name}" a response schema, so that its fields are suggested in mappings.`,
        }),
      ),
  ];
}

function testEntries(state: ConnectorState, definition: ConnectorDefinition): ChecklistEntry[] {
  return definition.operations.map((operation) => {
    const done = isPassing(state, definition, operation);
    const name = `"${operation.display_name}"`;
    return blocking({
      ...({ code: 'test_missing', section: 'test', operation: operation.name, done } as const),
      message: done ? `${name} passed its test.` : `Test ${name}: it has no passing test of the present definition.`,
    });
  });
}

/** Only a test of exactly what stands there now counts (DI-71), also one that was made before the version got its number. */
function isPassing(state: ConnectorState, definition: ConnectorDefinition, { name }: OperationDefinition): boolean {
  const hash = hashOperation(definition, name);
  const results = state.testResults.filter((each) => each.operation === name && each.operationHash === hash);
  const newest = results.toSorted((left, right) => right.testedAt.getTime() - left.testedAt.getTime())[0];
  return newest?.isPassed === true;
}
