/** One author and the calls of a test on the connector routes. */
import { expect } from 'vitest';
import {
  startServerHarness,
  type Answer,
  type Call,
  type ServerHarness,
  type TestTenant,
} from '../server/server-harness.ts';

type Source = Record<string, unknown>;

/** A server with a tenant whose enterprise administrator authors connectors. */
export interface Authoring {
  readonly server: ServerHarness;
  readonly tenant: TestTenant;
  /** Token of the author. */
  readonly author: string;
  create(body: object, token?: string): Promise<Answer>;
  /** Creates it, which must work; gives its id. */
  make(body: object): Promise<string>;
  put(id: string, body: unknown, query?: Call['query']): Promise<Answer>;
  /** What the author sees. */
  view(id: string): Promise<Source>;
  get(id: string, token?: string): Promise<Answer>;
  remove(id: string, token?: string): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts it. */
export async function startAuthoring(): Promise<Authoring> {
  const server = await startServerHarness();
  const tenant = await server.makeTenant('Acme');
  const author = tenant.tokens.enterprise_admin;
  const create: Authoring['create'] = (body, token = author) => server.call('createConnector', { token, body });
  const get: Authoring['get'] = (id, token = author) => server.call('getConnector', { token, params: { id } });
  return {
    ...{ server, tenant, author, create, get },
    async make(body) {
      const answer = await create(body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      return answer.body._id;
    },
    put: (id, body, query = {}) => server.call('updateConnector', { token: author, params: { id }, body, query }),
    async view(id) {
      const answer = await get(id);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      return answer.body._source;
    },
    remove: (id, token = author) => server.call('deleteConnector', { token, params: { id } }),
    stop: () => server.stop(),
  };
}

/** Paths of the fields that an answer complains about. */
export const fieldsOf = (answer: Answer): string[] =>
  (answer.body.error.details as { fields?: { path: string }[] }).fields?.map(({ path }) => path) ?? [];

/** Status and code of a refusal. */
export const refusalOf = (answer: Answer): [number, string | undefined] => [
  answer.status,
  (answer.body as { error?: { code: string } }).error?.code,
];
