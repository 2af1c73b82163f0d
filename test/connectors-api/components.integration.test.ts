/** A flow as a component: branches, API versions, deployment, and the connector made from it, through the API with a worker. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  greetingDocument,
  startServerHarness,
  type Answer,
  type Call,
  type ServerHarness,
  type TestTenant,
} from '../server/server-harness.ts';
import type { FlowDocument } from '@patchbay/flow-model';
import type { RouteId } from '@patchbay/api-contract';
import { waitFor } from '@patchbay/tooling';

let server: ServerHarness;
let mine: TestTenant;
let other: TestTenant;
/** Administrator of the tenant and of the platform. */
let both: TestTenant;

beforeAll(async () => {
  server = await startServerHarness({ withWorker: true });
  mine = await server.makeTenant('Mine');
  other = await server.makeTenant('Other');
  both = await server.makeTenant('Both', { platformAdmin: true });
});
afterAll(() => server.stop());

async function must(id: RouteId, call: Call): Promise<Answer['body']> {
  const answer = await server.call(id, call);
  expect({ status: answer.status, error: answer.body.error }).toEqual({ status: 200, error: undefined });
  return answer.body;
}

const ea = (tenant: TestTenant): string => tenant.tokens.enterprise_admin;
const dev = (tenant: TestTenant): string => tenant.tokens.developer;

/** A flow that can be called over HTTP and says hello with a word of its own. */
function greeter(name: string, word = 'Hello'): FlowDocument {
  const base = greetingDocument({ bodySchema: { type: 'object', properties: { name: { type: 'string' } } } });
  const greet = {
    ...base.steps['greet'],
    output: { object: { text: { template: `${word}, {{ trigger.body.name }}!` } } },
  };
  return { ...base, name, steps: { ...base.steps, greet } } as FlowDocument;
}

async function makeFlow(tenant: TestTenant, document: FlowDocument): Promise<string> {
  return (await must('createFlow', { token: dev(tenant), body: { document } }))._id;
}

async function change(tenant: TestTenant, id: string, document: FlowDocument): Promise<void> {
  await must('updateFlow', { token: dev(tenant), params: { id }, body: { document }, headers: { 'if-match': '*' } });
}

interface BranchPage {
  hits: { hits: { _source: { name: string; current: boolean; versions: string[] } }[] };
}

const at = (id: string, version: string): NonNullable<Call['params']> => ({ id, version });

/** Makes an API version of the current branch and deploys it. */
async function release(tenant: TestTenant, id: string, version: string): Promise<void> {
  const branches = (await must('searchFlowBranches', { token: dev(tenant), params: { id } })) as unknown as BranchPage;
  const source = branches.hits.hits.find((hit) => hit._source.current)?._source.name;
  await must('createApiVersion', { token: dev(tenant), params: { id }, body: { version, source_ref: source } });
  await deploy(tenant, id, version);
}

async function deploy(tenant: TestTenant, id: string, version: string): Promise<void> {
  await must('deployApiVersion', { token: dev(tenant), params: at(id, version), body: {} });
}

const publication = (visibility: string, body: object = {}): object => ({
  as: 'connector',
  visibility,
  confirm: true,
  ...body,
});

async function publish(
  tenant: TestTenant,
  params: NonNullable<Call['params']>,
  visibility = 'enterprise',
): Promise<string> {
  const answer = await must('publishApiVersion', { token: ea(tenant), params, body: publication(visibility) });
  return (answer as unknown as { connector: string }).connector;
}

interface Shown {
  slug: string;
  name: string;
  version: string;
  versions: { version: string; stage: string; source_ref?: string; integrity: string; revision: number }[];
  origin: { kind: string; component_id: string };
  manifest: { operations: { name: string }[]; flow: { flowVersionId: string } };
  integrity: string;
}

async function show(tenant: TestTenant, id: string, token = ea(tenant)): Promise<Shown> {
  return (await must('getConnector', { token, params: { id } }))._source;
}

/** A flow of one step that calls a connector with a name, started by hand. */
function caller(connector: { slug: string; version: string }): FlowDocument {
  return {
    ...greetingDocument('manual'),
    name: `Calls ${connector.slug} ${connector.version}`,
    steps: {
      ask: {
        ...{ key: 'ask', title: 'Ask', kind: 'operation', connector: connector.slug, version: connector.version },
        ...{ operation: 'call', input: { name: { formula: 'trigger.name' } } },
      },
    },
    scopes: { root: { steps: ['ask'], edges: [] } },
  } as unknown as FlowDocument;
}

interface RunShown {
  state: string;
  error?: { code: string; message: string };
  steps: { key: string; output?: unknown; error?: { code: string; message: string } }[];
  triggerKind: string;
  flowId: string;
}

/** Runs a flow of the tenant and gives the run when it has ended. */
async function run(tenant: TestTenant, flowId: string, version?: number): Promise<RunShown> {
  const body = { flowId, input: { name: 'Sam' }, ...(version !== undefined && { version }) };
  const started = await server.call('startRun', { token: dev(tenant), body });
  expect({ status: started.status, error: started.body.error }).toEqual({ status: 202, error: undefined });
  return waitFor(
    async () => {
      const shown = (await must('getRun', { token: dev(tenant), params: { id: started.body._id } }))
        ._source as unknown as RunShown;
      if (!['succeeded', 'failed', 'cancelled'].includes(shown.state)) throw new Error(`still ${shown.state}`);
      return shown;
    },
    { timeoutMs: 30_000 },
  );
}

async function outputOf(tenant: TestTenant, flowId: string): Promise<unknown> {
  const ended = await run(tenant, flowId);
  expect(ended).toMatchObject({ state: 'succeeded' });
  return (ended as unknown as { output: unknown }).output;
}

async function makeCaller(tenant: TestTenant, connector: { slug: string; version: string }): Promise<string> {
  const id = await makeFlow(tenant, caller(connector));
  await must('publishFlow', { token: dev(tenant), params: { id }, body: { note: '' }, headers: { 'if-match': '*' } });
  return id;
}

const listedAs = async (tenant: TestTenant, query: string): Promise<string[]> => {
  const body = await must('searchMarketplace', { token: dev(tenant), query: { query } });
  return (body as unknown as { hits: { hits: { _id: string }[] } }).hits.hits.map((hit) => hit._id);
};

describe('a flow as a component', () => {
  it('CH-01 CH-03 becomes a connector whose origin it is, listed from its publication on', async () => {
    const id = await makeFlow(mine, greeter('Parcel rates'));
    await release(mine, id, '1.0.0');
    expect(await listedAs(mine, 'parcel rates')).toEqual([]);
    const connector = await publish(mine, at(id, '1.0.0'));
    const shown = await show(mine, connector);
    expect(shown).toMatchObject({
      slug: 'parcel-rates',
      origin: { kind: 'component', component_id: id },
      version: '1.0.0',
    });
    expect(await listedAs(mine, 'parcel rates')).toEqual([connector]);
    expect(await listedAs(other, 'parcel rates')).toEqual([]);
    expect((await server.call('getConnector', { token: ea(other), params: { id: connector } })).status).toBe(404);
  });

  it('CH-02 CH-22 is published only when it is deployed and can be called over HTTP', async () => {
    const manual = await makeFlow(mine, { ...greetingDocument('manual'), name: 'Only by hand' });
    await must('createApiVersion', {
      token: dev(mine),
      params: { id: manual },
      body: { version: '1.0.0', source_ref: 'main' },
    });
    const ask = (): Promise<Answer> =>
      server.call('publishApiVersion', {
        token: ea(mine),
        params: at(manual, '1.0.0'),
        body: publication('enterprise'),
      });
    const early = await ask();
    expect([early.status, early.body.error.code]).toEqual([409, 'not_deployed']);
    await deploy(mine, manual, '1.0.0');
    const late = await ask();
    expect([late.status, late.body.error.code]).toEqual([409, 'component_not_exposed']);
  });

  it('CH-04 is published to the enterprise or the catalogue, nothing else, and asks for a yes', async () => {
    const id = await makeFlow(both, greeter('Stock alarm'));
    await release(both, id, '1.0.0');
    const ask = (body: object, token = ea(both)): Promise<Answer> =>
      server.call('publishApiVersion', { token, params: at(id, '1.0.0'), body });
    expect((await ask(publication('world'))).status).toBe(400);
    expect((await ask({ visibility: 'enterprise' })).body.error.code).toBe('confirmation_required');
    expect((await ask(publication('enterprise'), dev(both))).body.error.code).toBe('forbidden_role');
    expect((await ask(publication('enterprise'), ea(other))).status).toBe(404);
    const connector = await publish(both, at(id, '1.0.0'), 'catalogue');
    expect((await show(other, connector)).name).toBe('Stock alarm');
  });

  it('CH-05 CH-13 CH-14 really runs for all its callers, and changes for them only by republication', async () => {
    const id = await makeFlow(mine, greeter('Greeter one'));
    await release(mine, id, '1.0.0');
    const connector = await publish(mine, at(id, '1.0.0'));
    const before = await show(mine, connector);
    const [first, second] = [await makeCaller(mine, before), await makeCaller(mine, before)];
    expect(await outputOf(mine, first)).toEqual({ text: 'Hello, Sam!' });
    expect(await outputOf(mine, second)).toEqual({ text: 'Hello, Sam!' });
    const references = await must('getConnectorReferences', { token: ea(mine), params: { id: connector } });
    const users = (references as unknown as { components: { id: string }[] }).components.map((each) => each.id);
    expect(new Set(users)).toEqual(new Set([first, second]));

    await change(mine, id, greeter('Greeter one', 'Welcome'));
    await deploy(mine, id, '1.0.0');
    expect((await show(mine, connector)).integrity).toBe(before.integrity);
    const again = await must('republishApiVersion', { token: ea(mine), params: at(id, '1.0.0'), body: {} });
    expect(again.result).toBe('updated');
    const after = await show(mine, connector);
    expect(after.versions).toMatchObject([{ version: '1.0.0', revision: 2, stage: 'published' }]);
    expect(after.integrity).not.toBe(before.integrity);
    // A published flow is locked to the content it was compiled with; a new one takes the new content.
    expect(await outputOf(mine, first)).toEqual({ text: 'Hello, Sam!' });
    expect(await outputOf(mine, await makeCaller(mine, after))).toEqual({ text: 'Welcome, Sam!' });
  }, 90_000);

  it('CH-16 CH-17 CH-24 CH-26 never changes what is public: a new version stands beside it', async () => {
    const id = await makeFlow(both, greeter('Public greeter'));
    await release(both, id, '1.0.0');
    const connector = await publish(both, at(id, '1.0.0'), 'catalogue');
    const first = await show(both, connector);
    const refused = await server.call('republishApiVersion', { token: ea(both), params: at(id, '1.0.0'), body: {} });
    expect([refused.status, refused.body.error.code]).toEqual([409, 'version_immutable']);
    const redeployed = await server.call('deployApiVersion', { token: dev(both), params: at(id, '1.0.0'), body: {} });
    expect([redeployed.status, redeployed.body.error.code]).toEqual([409, 'version_immutable']);

    await must('createFlowBranch', { token: dev(both), params: { id }, body: { name: 'fix-1' } });
    await must('checkoutFlowBranch', {
      token: dev(both),
      params: { id },
      body: { branch: 'fix-1' },
      headers: { 'if-match': '*' },
    });
    await change(both, id, greeter('Public greeter', 'Good day'));
    await release(both, id, '1.0.1');
    await publish(both, at(id, '1.0.1'), 'catalogue');
    const shown = await show(both, connector);
    expect(shown.versions.map(({ version, stage }) => [version, stage])).toEqual([
      ['1.0.1', 'published'],
      ['1.0.0', 'published'],
    ]);
    expect(shown.versions.find(({ version }) => version === '1.0.0')?.integrity).toBe(first.integrity);
    expect(await outputOf(other, await makeCaller(other, { slug: shown.slug, version: '1.0.0' }))).toEqual({
      text: 'Hello, Sam!',
    });
    expect(await outputOf(other, await makeCaller(other, { slug: shown.slug, version: '1.0.1' }))).toEqual({
      text: 'Good day, Sam!',
    });

    await must('deprecateVersion', { token: ea(both), params: at(connector, '1.0.0'), body: {} });
    const versions = await must('searchApiVersions', { token: dev(both), params: { id } });
    const stages = (
      versions as unknown as { hits: { hits: { _source: { version: string; connector: { stage: string } } }[] } }
    ).hits.hits;
    expect(stages.map(({ _source }) => [_source.version, _source.connector.stage])).toEqual([
      ['1.0.1', 'published'],
      ['1.0.0', 'deprecated'],
    ]);
  }, 90_000);

  it('CH-18 CH-21 builds each version from a branch of its own', async () => {
    const id = await makeFlow(mine, greeter('Branches'));
    const create = (body: object): Promise<Answer> =>
      server.call('createApiVersion', { token: dev(mine), params: { id }, body });
    expect((await create({ version: '1.0.0' })).status).toBe(400);
    expect((await create({ source_ref: 'main' })).status).toBe(400);
    expect((await create({ version: 'newest', source_ref: 'main' })).status).toBe(400);
    expect((await create({ version: '1.0.0', source_ref: 'nowhere' })).body.error.code).toBe('branch_not_found');
    expect((await create({ version: '1.0.0', source_ref: 'main' })).status).toBe(200);
    expect((await create({ version: '1.0.0', source_ref: 'main' })).body.error.code).toBe('version_exists');
    await must('createFlowBranch', { token: dev(mine), params: { id }, body: { name: 'fix-1' } });
    expect((await create({ version: '1.0.1', source_ref: 'fix-1' })).status).toBe(200);
    const rows = (await must('searchApiVersions', { token: dev(mine), params: { id } })) as unknown as {
      hits: { hits: { _source: { version: string; source_ref: string } }[] };
    };
    expect(rows.hits.hits.map(({ _source }) => [_source.version, _source.source_ref])).toEqual([
      ['1.0.1', 'fix-1'],
      ['1.0.0', 'main'],
    ]);
    const branches = (await must('searchFlowBranches', { token: dev(mine), params: { id } })) as unknown as BranchPage;
    expect(branches.hits.hits.map(({ _source: { name, current, versions } }) => ({ name, current, versions }))).toEqual(
      [
        { name: 'main', current: true, versions: ['1.0.0'] },
        { name: 'fix-1', current: false, versions: ['1.0.1'] },
      ],
    );
  });

  it('CH-18 keeps the draft of each branch when another one is edited', async () => {
    const id = await makeFlow(mine, greeter('Two drafts', 'Main'));
    await must('createFlowBranch', { token: dev(mine), params: { id }, body: { name: 'other' } });
    const checkout = (branch: string, revision = '*'): Promise<Answer> =>
      server.call('checkoutFlowBranch', {
        token: dev(mine),
        params: { id },
        body: { branch },
        headers: { 'if-match': revision },
      });
    expect((await checkout('other', '"7"')).body.error.code).toBe('revision_conflict');
    expect((await checkout('other')).status).toBe(200);
    await change(mine, id, greeter('Two drafts', 'Other'));
    const textNow = async (): Promise<string> =>
      JSON.stringify(
        ((await must('getFlow', { token: dev(mine), params: { id } }))._source as { document: object }).document,
      );
    expect(await textNow()).toContain('Other, ');
    await checkout('main');
    expect(await textNow()).toContain('Main, ');
    await checkout('other');
    expect(await textNow()).toContain('Other, ');
  });

  it('ends with an error when flows call each other without end', async () => {
    const id = await makeFlow(mine, greeter('Endless'));
    await release(mine, id, '1.0.0');
    const { slug } = await show(mine, await publish(mine, at(id, '1.0.0')));
    const self = {
      ...greeter('Endless'),
      steps: caller({ slug, version: '1.0.0' }).steps,
      scopes: caller({ slug, version: '1.0.0' }).scopes,
    };
    const ask = { ...self.steps['ask'], input: { name: { value: 'Sam' } } };
    await change(mine, id, { ...self, steps: { ask } } as FlowDocument);
    // Each version calls the one before it; ten of them are deeper than any sensible flow.
    for (let minor = 1; minor <= 10; minor += 1) {
      const version = `1.${String(minor)}.0`;
      const step = { ...ask, version: `1.${String(minor - 1)}.0` };
      await change(mine, id, { ...self, steps: { ask: step } } as unknown as FlowDocument);
      await release(mine, id, version);
      await publish(mine, at(id, version));
    }
    const ended = await run(mine, await makeCaller(mine, { slug, version: '1.10.0' }));
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'call_too_deep' } });
  }, 120_000);
});
