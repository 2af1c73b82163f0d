import type { ApiClient } from '@patchbay/api-contract/client';
import type { ConsentEnd } from './consent-window.ts';
import { problemSentence } from '../problems/describe-problem.ts';

/** What a test of a connection said. */
export interface TestOutcome {
  readonly isHealthy: boolean;
  readonly message: string;
  readonly durationMs?: number;
}

/** Where a connection is stored. */
export interface StoredConnection {
  readonly id: string;
  readonly revision: number;
}

/** What to save; with `saved` it is changed, without it is made. */
export interface ConnectionDraft {
  readonly saved: StoredConnection | undefined;
  readonly connector: string;
  readonly name: string;
  readonly authType: string;
  readonly credentials: Record<string, string>;
  /** A part of the scopes of the connector; absent: all. It is chosen once, when the connection is made. */
  readonly scopes?: readonly string[] | undefined;
  /** False when the connector names no operation that proves a connection. */
  readonly canTest: boolean;
  readonly onSaved: (saved: StoredConnection) => void;
  /** A person has to agree at an authorization server: sends them there and tells whether they did. */
  readonly askConsent?: ((address: string, id: string) => Promise<ConsentEnd>) | undefined;
}

/** Saves, then tests. Throws when it could not be saved; a failed test is an outcome, because the connection is stored. */
export async function saveAndTest(
  api: ApiClient,
  draft: ConnectionDraft,
): Promise<{ readonly saved: StoredConnection; readonly outcome: TestOutcome }> {
  const saved = draft.saved === undefined ? await create(api, draft) : await update(api, draft, draft.saved);
  draft.onSaved(saved);
  const refusal = draft.askConsent && (await authorize(api, draft, saved));
  if (refusal !== undefined) return { saved, outcome: { isHealthy: false, message: refusal } };
  if (!draft.canTest) return { saved, outcome: { isHealthy: true, message: 'Saved.' } };
  return { saved, outcome: await testConnection(api, saved.id) };
}

const refusals: Readonly<Record<Exclude<ConsentEnd, 'authorized'>, string>> = {
  refused: 'It was not authorized: see the reason in the window that opened, and try again.',
  closed: 'It is not authorized yet: the window was closed before that.',
};

/** What keeps it from being authorized; undefined: it is. What was typed replaces the stored credentials only on success. */
async function authorize(api: ApiClient, draft: ConnectionDraft, saved: StoredConnection): Promise<string | undefined> {
  const { authorizeUrl } = await api.call('authorizeConnection', {
    params: { id: saved.id },
    body: { credentials: draft.credentials },
  });
  if (authorizeUrl === undefined || draft.askConsent === undefined) return undefined;
  const end = await draft.askConsent(authorizeUrl, saved.id);
  return end === 'authorized' ? undefined : refusals[end];
}

/** Tests a stored connection; an error of the test itself is an outcome too. */
export async function testConnection(api: ApiClient, id: string): Promise<TestOutcome> {
  try {
    const { health, message, durationMs } = await api.call('testConnection', { params: { id } });
    return { isHealthy: health === 'healthy', message, durationMs };
  } catch (error) {
    return { isHealthy: false, message: problemSentence(error) };
  }
}

async function create(api: ApiClient, draft: ConnectionDraft): Promise<StoredConnection> {
  const { connector, name, authType, credentials, scopes } = draft;
  const body = { connector, name, authType, credentials, ...(scopes && { oauth_scopes: [...scopes] }) };
  const answer = await api.call('createConnection', { body });
  return { id: answer._id, revision: answer.revision ?? 1 };
}

async function update(api: ApiClient, draft: ConnectionDraft, saved: StoredConnection): Promise<StoredConnection> {
  const { name, credentials, askConsent } = draft;
  const answer = await api.call('updateConnection', {
    params: { id: saved.id },
    body: askConsent === undefined ? { name, credentials } : { name },
    revision: saved.revision,
  });
  return { id: saved.id, revision: answer.revision ?? saved.revision + 1 };
}
