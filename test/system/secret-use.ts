/** Uses every kind of secret as people and flows do, and keeps what Patchbay said meanwhile. */
import { createHmac } from 'node:crypto';
import { createApiClient, type ApiClient } from '@patchbay/api-contract';
import type { FlowDocument } from '@patchbay/flow-model';
import type { Installation } from './installation.ts';
import { until } from './until.ts';

/** Everything the server answered, by what was asked. */
export interface Answers {
  readonly all: { readonly name: string; readonly content: string }[];
  /** `fetch` that keeps status, headers and body of each answer. */
  readonly fetch: typeof fetch;
}

/** Starts with no answers. */
export function keepAnswers(): Answers {
  const all: Answers['all'] = [];
  return {
    all,
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const text = await response.clone().text();
      const headers = JSON.stringify([...response.headers]);
      all.push({
        name: `${init?.method ?? 'GET'} ${addressOf(input)}`,
        content: `${response.status} ${headers} ${text}`,
      });
      return response;
    },
  };
}

const addressOf = (input: string | URL | Request): string => (input instanceof Request ? input.url : input.toString());

/** A client whose answers are kept. */
export function keepingClient(installation: Installation, token: string, answers: Answers): ApiClient {
  return createApiClient({ baseUrl: installation.url, token, fetch: answers.fetch });
}

/** Publishes a flow, tests its step, runs it once as a draft and once live; answers with the live run. */
export async function runEveryWay(client: ApiClient, document: FlowDocument): Promise<string> {
  const { _id: flowId } = await client.call('createFlow', { body: { document } });
  await client.call('publishFlow', { params: { id: flowId }, body: {} });
  await client.call('testStep', { params: { id: flowId }, body: { step: 'call' } });
  const draft = await client.call('startRun', { body: { flowId, version: 'draft' } });
  const live = await client.call('startRun', { body: { flowId } });
  await untilEnded(client, draft._id);
  await untilEnded(client, live._id);
  return live._id;
}

/** Waits for the end of a run. */
export function untilEnded(
  client: ApiClient,
  id: string,
): Promise<{ state: string; error?: { code: string; message: string } | undefined }> {
  return until(
    `run ${id} to end`,
    async () => {
      const { _source } = await client.call('getRun', { params: { id } });
      return _source.state !== 'running' && _source.state !== 'queued' && _source;
    },
    60_000,
  );
}

/** Asks for everything that can be read: runs with their steps, flows, versions, exports, connections, marketplace. */
export async function readEverything(client: ApiClient): Promise<void> {
  const page = { query: { size: 200 } };
  const { hits: runs } = await client.call('searchRuns', page);
  for (const { _id: id } of runs.hits) {
    const { _source: run } = await client.call('getRun', { params: { id } });
    for (const { path } of run.steps) await client.call('getRunStep', { params: { id }, query: { path } });
  }
  const { hits: connections } = await client.call('searchConnections', page);
  for (const { _id: id } of connections.hits) await client.call('getConnection', { params: { id } });
  const { hits: flows } = await client.call('searchFlows', page);
  for (const { _id: id } of flows.hits) await readFlow(client, id);
  await client.call('getRunStats');
  await client.call('searchTokens', page);
  await client.call('searchUsers', page);
  await client.call('searchConnectors', page);
  await client.call('searchMarketplace', page);
}

async function readFlow(client: ApiClient, id: string): Promise<void> {
  for (const format of ['json', 'yaml'] as const)
    await client.call('exportFlow', { params: { id }, query: { format } });
  const { hits } = await client.call('searchFlowVersions', { params: { id }, query: { size: 10 } });
  for (const { _source } of hits.hits) {
    await client.call('getFlowVersion', { params: { id, number: _source.number } });
  }
}

/** Calls a webhook that proves its caller, with a foreign Authorization header and a cookie. */
export async function callWebhook(
  url: string,
  proof: { readonly auth: 'secret' | 'hmac'; readonly secret: string; readonly authorization: string },
  answers: Answers,
): Promise<number> {
  const body = JSON.stringify({ order: 7 });
  const signature = `sha256=${createHmac('sha256', proof.secret).update(body).digest('hex')}`;
  const response = await answers.fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${proof.authorization}`,
      cookie: `patchbay=${encodeURIComponent(proof.authorization)}`,
      ...(proof.auth === 'secret' ? { 'x-patchbay-secret': proof.secret } : { 'x-patchbay-signature': signature }),
    },
    body,
  });
  return response.status;
}

/** Signs in by the link, sets a password, signs in with it and with a wrong one; answers with the cookies it was given. */
export async function signIn(
  { url, signInLink }: Installation,
  passwords: { readonly right: string; readonly wrong: string },
  answers: Answers,
): Promise<string[]> {
  const link = new URL(signInLink ?? '').searchParams.get('token') ?? '';
  const email = 'admin@patchbay.local';
  // Plain `fetch` where the answer has to hold the cookie.
  const byLink = await post(fetch, `${url}/session/_link`, { body: { token: link } });
  const first = cookieOf(byLink);
  await post(answers.fetch, `${url}/session/_password`, { cookie: first, body: { password: passwords.right } });
  await post(answers.fetch, `${url}/session/`, { body: { email, password: passwords.wrong } });
  const byPassword = await post(fetch, `${url}/session/`, { body: { email, password: passwords.right } });
  const second = cookieOf(byPassword);
  await answers.fetch(`${url}/session/`, { headers: { cookie: second } });
  return [first, second].map((cookie) => decodeURIComponent(cookie.split('=')[1] ?? ''));
}

function post(
  send: typeof fetch,
  url: string,
  call: { readonly cookie?: string; readonly body: object },
): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(call.cookie !== undefined && { cookie: call.cookie }) };
  return send(url, { method: 'POST', headers, body: JSON.stringify(call.body) });
}

function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}
