/** Flows as components through the API: drafts, branches, API versions, deployments, connectors. */
import type { RouteId } from '@patchbay/api-contract';
import type { FlowDocument } from '@patchbay/flow-model';
import {
  greetingDocument,
  type Answer,
  type Call,
  type ServerHarness,
  type TestTenant,
} from '../server/server-harness.ts';

export const ea = (tenant: TestTenant): string => tenant.tokens.enterprise_admin;
export const dev = (tenant: TestTenant): string => tenant.tokens.developer;

/** A flow that can be called over HTTP and says hello with a word of its own. */
export function greeter(name: string, word = 'Hello'): FlowDocument {
  const base = greetingDocument({ bodySchema: { type: 'object', properties: { name: { type: 'string' } } } });
  const greet = {
    ...base.steps['greet'],
    output: { object: { text: { template: `${word}, {{ trigger.body.name }}!` } } },
  };
  return { ...base, name, steps: { ...base.steps, greet } } as FlowDocument;
}

/** An API version of a flow, as parameters of a route. */
export const at = (id: string, version: string): NonNullable<Call['params']> => ({ id, version });

export const publication = (visibility: string, body: object = {}): object => ({
  as: 'connector',
  visibility,
  confirm: true,
  ...body,
});

/** Branches of a flow as the API gives them. */
export interface BranchPage {
  readonly hits: { readonly hits: { readonly _source: { name: string; current: boolean; versions: string[] } }[] };
}

/** What an author does with a flow; each must work. */
export interface Components {
  must(id: RouteId, call: Call): Promise<Answer['body']>;
  makeFlow(tenant: TestTenant, document: FlowDocument): Promise<string>;
  change(tenant: TestTenant, id: string, document: FlowDocument): Promise<void>;
  /** Makes an API version of the current branch and deploys it. */
  release(tenant: TestTenant, id: string, version: string): Promise<void>;
  deploy(tenant: TestTenant, id: string, version: string): Promise<void>;
  /** Gives the id of the connector. */
  publish(tenant: TestTenant, params: NonNullable<Call['params']>, visibility?: string): Promise<string>;
}

export function componentsOn(server: ServerHarness): Components {
  const must: Components['must'] = async (id, call) => {
    const { status, body } = await server.call(id, call);
    if (status !== 200) throw new Error(`${id} answered ${String(status)} ${JSON.stringify(body)}`);
    return body;
  };
  const deploy: Components['deploy'] = async (tenant, id, version) => {
    await must('deployApiVersion', { token: dev(tenant), params: at(id, version), body: {} });
  };
  return {
    must,
    deploy,
    makeFlow: async (tenant, document) => (await must('createFlow', { token: dev(tenant), body: { document } }))._id,
    async change(tenant, id, document) {
      const headers = { 'if-match': '*' };
      await must('updateFlow', { token: dev(tenant), params: { id }, body: { document }, headers });
    },
    async release(tenant, id, version) {
      const token = dev(tenant);
      const branches = (await must('searchFlowBranches', { token, params: { id } })) as unknown as BranchPage;
      const source = branches.hits.hits.find((hit) => hit._source.current)?._source.name;
      await must('createApiVersion', { token, params: { id }, body: { version, source_ref: source } });
      await deploy(tenant, id, version);
    },
    async publish(tenant, params, visibility = 'enterprise') {
      const answer = await must('publishApiVersion', { token: ea(tenant), params, body: publication(visibility) });
      return (answer as unknown as { connector: string }).connector;
    },
  };
}
