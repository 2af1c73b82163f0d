import type { ApiClient } from '@patchbay/api-contract';
import type { FlowDocument } from '@patchbay/flow-model';

/** A flow that can be called over HTTP: it answers with a greeting for the name in the body. */
export function greeter(name: string, word = 'Hello'): FlowDocument {
  return {
    schemaVersion: 1,
    name,
    description: 'Says hello.',
    mode: 'auto',
    trigger: {
      ...{ kind: 'webhook', title: 'Called', reply: 'sync', auth: 'none', maxBodyBytes: 65_536 },
      bodySchema: { type: 'object', properties: { name: { type: 'string' } } },
    },
    steps: {
      greet: {
        ...{ key: 'greet', title: 'Greet', kind: 'transform' },
        output: { object: { text: { template: `${word}, {{ trigger.body.name }}!` } } },
      },
      answer: {
        ...{ key: 'answer', title: 'Answer', kind: 'respond', status: { value: 200 }, headers: {} },
        body: { formula: 'greet' },
      },
    },
    scopes: { root: { steps: ['greet', 'answer'], edges: [{ from: 'greet', port: 'out', to: 'answer' }] } },
    layout: { positions: {} },
    samples: { trigger: { body: { name: 'Sam' } } },
  };
}

/** Makes the flow through the API; gives its id. */
export async function createGreeter(client: ApiClient, name: string): Promise<string> {
  return (await client.call('createFlow', { body: { document: greeter(name) } }))._id;
}

/** Makes a flow that is published as a connector for the enterprise as 1.0.0, through the API. */
export async function createComponent(client: ApiClient, name: string): Promise<{ id: string; slug: string }> {
  const id = await createGreeter(client, name);
  const params = { id, version: '1.0.0' };
  await client.call('createApiVersion', { params: { id }, body: { version: '1.0.0', source_ref: 'main' } });
  await client.call('deployApiVersion', { params, body: { note: '' } });
  await client.call('publishApiVersion', {
    params,
    body: { as: 'connector', visibility: 'enterprise', confirm: true, notes: '' },
  });
  return { id, slug: (await connectorOf(client, id))?.slug ?? '' };
}

/** The connector version behind an API version; undefined: there is none. */
export async function connectorOf(client: ApiClient, id: string, version?: string) {
  const { hits } = await client.call('searchApiVersions', { params: { id }, query: { size: 50 } });
  const rows = hits.hits.map((hit) => hit._source);
  return rows.find((row) => version === undefined || row.version === version)?.connector;
}
