/** Connectors that call ext, their connections, and calls through both; all by the API. */
import { expect } from 'vitest';
import type { RouteId } from '@patchbay/api-contract';
import type { Answer, ServerHarness } from '../server/server-harness.ts';

/** The seed's operation (dibop lines 131 to 145). */
export const weatherOperation = {
  name: 'get_current_weather',
  display_name: 'Get Current Weather',
  method: 'GET',
  path: '/data/2.5/weather',
  parameters: [
    { name: 'q', location: 'query', type: 'string', required: true },
    { name: 'units', location: 'query', type: 'string', default: 'metric' },
  ],
};

/** Calls as one person. */
export interface CallsFixture {
  post(route: RouteId, id: string, body?: object): Promise<Answer>;
  /** A connector that is ready for connections; gives its id and slug. */
  makeReady(body: object): Promise<{ readonly id: string; readonly slug: string }>;
  makeDraft(body: object): Promise<{ readonly id: string; readonly slug: string }>;
  /** A connection; the answer of the API. */
  connect(slug: string, credentials?: Record<string, string>): Promise<Answer>;
  /** An authorized connection; gives its id. */
  connected(slug: string, credentials?: Record<string, string>): Promise<string>;
  viewConnection(id: string): Promise<Record<string, unknown>>;
  invoke(id: string, input?: object, operation?: string): Promise<Answer>;
}

let count = 0;
const unique = (): string => `${String((count += 1))} ${Math.random().toString(36).slice(2, 8)}`;

/** The fixture of a caller with a token. */
export function callsAs(server: ServerHarness, token: string): CallsFixture {
  const must = (answer: Answer): Answer => {
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return answer;
  };
  const fixture: CallsFixture = {
    post: (route, id, body = {}) => server.call(route, { token, params: { id }, body }),
    async makeDraft(body) {
      const operations = [weatherOperation];
      const made = must(
        await server.call('createConnector', {
          token,
          body: { name: `Weather ${unique()}`, description: 'Calls ext.', operations, ...body },
        }),
      );
      const id = made.body._id;
      const { _source } = must(await server.call('getConnector', { token, params: { id } })).body;
      return { id, slug: (_source as { slug: string }).slug };
    },
    async makeReady(body) {
      const made = await fixture.makeDraft(body);
      must(await fixture.post('readyConnector', made.id));
      return made;
    },
    connect: (slug, credentials = {}) =>
      server.call('createConnection', {
        token,
        body: { name: `Connection ${unique()}`, connector: slug, credentials },
      }),
    async connected(slug, credentials) {
      return must(await fixture.connect(slug, credentials)).body._id;
    },
    async viewConnection(id) {
      return must(await server.call('getConnection', { token, params: { id } })).body._source;
    },
    invoke: (id, input = { q: 'London' }, operation = weatherOperation.name) =>
      fixture.post('invokeConnection', id, { operation, input }),
  };
  return fixture;
}

/** A field of a credential schema as the seed writes it. */
export const field = (name: string, more: object = {}): object => ({
  name,
  label: name,
  type: 'string',
  required: true,
  ...more,
});
/** The same for a secret. */
export const secret = (name: string, more: object = {}): object =>
  field(name, { type: 'password', sensitive: true, ...more });
