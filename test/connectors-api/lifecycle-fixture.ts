/** Callers of requirements.md and connectors in every stage, made through the API. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RouteId, Stage } from '@patchbay/api-contract';
import { digestJson } from '@patchbay/manifest/digest';
import type { Answer, ServerHarness, TestTenant } from '../server/server-harness.ts';

/** A definition that can be marked as ready, and published once it is tested; `makeDraft` lets it call a real server. */
export const readyBody = {
  description: 'Says hello.',
  base_url: 'https://hello.example.com',
  operations: [{ name: 'say_hello', display_name: 'Say hello', method: 'GET', path: '/hello' }],
};

/** What a connector is like. */
export interface Condition {
  readonly stage: Stage;
  readonly visibility: 'none' | 'enterprise' | 'catalogue';
  /** Unpublished after it was public. */
  readonly wasPublic?: boolean;
}

/** A connector of a test. */
export interface Subject {
  readonly id: string;
  readonly slug: string;
}

/** One whose author is known. */
export interface OwnSubject extends Subject {
  readonly author: string;
}

let count = 0;

/** A name that no other connector of the run has. */
export const freshName = (): string => `Sample ${String((count += 1))} ${Math.random().toString(36).slice(2, 8)}`;

/** Calls a lifecycle route of a connector. */
export function act(
  server: ServerHarness,
  token: string | undefined,
  call: { readonly route: RouteId; readonly id: string; readonly version?: string; readonly body?: unknown },
): Promise<Answer> {
  const { route, id, version, body } = call;
  return server.call(route, {
    token,
    params: { id, ...(version !== undefined && { version }) },
    ...(route === 'deleteConnector' || route.startsWith('get') || route.startsWith('search')
      ? {}
      : { body: body ?? {} }),
  });
}

/** The same, and it must work. */
export async function must(
  server: ServerHarness,
  token: string,
  call: Parameters<typeof act>[2],
): Promise<Answer['body']> {
  const { status, body } = await act(server, token, call);
  if (status !== 200) throw new Error(`${call.route} answered ${String(status)} ${JSON.stringify(body)}`);
  return body;
}

let hello: Promise<string> | undefined;

/** A server of this process that says hello to whatever it is asked; it ends with the process. */
export function helloUrl(): Promise<string> {
  hello ??= new Promise((resolve) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"hello":"world"}');
    });
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`));
    server.unref();
  });
  return hello;
}

/** Makes a draft that calls the server of {@link helloUrl}. */
export async function makeDraft(server: ServerHarness, token: string, body: object = {}): Promise<OwnSubject> {
  const whole = { name: freshName(), ...readyBody, base_url: await helloUrl(), ...body };
  const made = await server.call('createConnector', { token, body: whole });
  if (made.status !== 200) throw new Error(`createConnector answered ${JSON.stringify(made.body)}`);
  const id = made.body._id;
  const found = await server.call('getConnector', { token, params: { id } });
  return { id, slug: (found.body._source as { slug: string }).slug, author: token };
}

interface StoredDefinition {
  readonly base_url: string;
  readonly auth_scheme: unknown;
  readonly operations: readonly { readonly name: string }[];
}

/** Passed tests as `_test` would have stored them, for connectors to systems that are not there. */
export async function storePassedTests({ modules }: ServerHarness, { id }: Subject): Promise<void> {
  const db = modules.database.connection;
  const versions = (await db('connector_versions').where({ connector_id: id }).whereNotNull('definition')) as {
    version: string;
    tenant_id: string;
    definition: StoredDefinition;
  }[];
  for (const { version, tenant_id, definition } of versions) {
    const { base_url, auth_scheme, operations } = definition;
    for (const operation of operations) {
      await db('connector_test_results')
        .insert({
          ...{ connector_id: id, tenant_id, version, operation: operation.name, is_passed: true },
          operation_hash: digestJson({ base_url, auth_scheme, operation }),
        })
        .onConflict(['connector_id', 'version', 'operation'])
        .merge();
    }
  }
}

/** Tests every operation of the draft for real, or of the version that people see, as its author does before publishing. */
export async function passTests(server: ServerHarness, { id, author: token }: OwnSubject): Promise<void> {
  const { rows } = await server.modules.database.connection.raw<{ rows: { name: string }[] }>(
    `select distinct o ->> 'name' as name from connector_versions v, json_array_elements(v.definition -> 'operations') o
      where v.connector_id = ?`,
    [id],
  );
  for (const { name: operation } of rows) {
    const { status, body } = await server.call('testConnector', { token, params: { id }, body: { operation } });
    const { ok: isPassed } = body as { ok?: unknown };
    if (isPassed !== true) throw new Error(`testConnector answered ${String(status)} ${JSON.stringify(body)}`);
  }
}

/** Who can bring a connector into every state: the author, and somebody who may publish to the catalogue. */
export interface Makers {
  readonly author: string;
  readonly platform: string;
}

/** Makes a connector whose version 1.0.0 is in a state, by the ways that the API has. */
export async function makeIn(server: ServerHarness, makers: Makers, condition: Condition): Promise<OwnSubject> {
  const { author } = makers;
  const subject = await makeDraft(server, author);
  const { stage, visibility } = condition;
  if (stage === 'draft') return subject;
  await passTests(server, subject);
  await must(server, author, { route: 'readyConnector', id: subject.id });
  const isPublic = visibility === 'catalogue' || condition.wasPublic === true;
  const publisher = isPublic ? makers.platform : author;
  if (stage === 'ready' && condition.wasPublic !== true) return subject;
  const version = '1.0.0';
  if (stage === 'pre_released') {
    await must(server, publisher, { route: 'prereleaseVersion', id: subject.id, version, body: { visibility } });
    return subject;
  }
  const publication = { visibility: isPublic ? 'catalogue' : 'enterprise', confirm: true };
  await must(server, publisher, { route: 'publishConnector', id: subject.id, body: publication });
  for (const route of waysTo(condition)) await must(server, publisher, { route, id: subject.id, version });
  return subject;
}

function waysTo({ stage }: Condition): RouteId[] {
  if (stage === 'ready') return ['unpublishConnector'];
  if (stage === 'blocked') return ['blockVersion'];
  if (stage === 'deprecated') return ['deprecateVersion'];
  return stage === 'retired' ? ['deprecateVersion', 'retireVersion'] : [];
}

interface Facets {
  readonly stage: Stage;
  readonly visibility: string;
  readonly enabled: boolean;
  readonly revision: number;
  readonly review: string;
}

/** Stage, visibility and switch of a version as its owner sees them. */
export async function facetsOf(
  server: ServerHarness,
  token: string,
  { id, version = '1.0.0' }: Subject & { readonly version?: string | undefined },
): Promise<Facets> {
  const { status, body } = await server.call('getConnectorVersion', { token, params: { id, version } });
  if (status !== 200) throw new Error(`getConnectorVersion answered ${JSON.stringify(body)}`);
  const { stage, visibility, enabled, revision, review } = body._source as Facets;
  return { stage, visibility, enabled, revision, review };
}

/** Makes a connection without authentication. */
export async function connect(server: ServerHarness, token: string, slug: string): Promise<Answer> {
  return server.call('createConnection', { token, body: { name: freshName(), connector: slug } });
}

/** The enterprise administrator of a tenant. */
export const ea = (tenant: TestTenant): string => tenant.tokens.enterprise_admin;
