/** A flow as a component: branches, API versions, deployment, and the connector made from it, through the API with a worker. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  greetingDocument,
  startServerHarness,
  type Answer,
  type ServerHarness,
  type TestTenant,
} from '../server/server-harness.ts';
import type { FlowDocument } from '@patchbay/flow-model';
import { waitFor } from '@patchbay/tooling';
import {
  at,
  componentsOn,
  dev,
  ea,
  greeter,
  publication,
  type BranchPage,
  type Components,
} from './component-fixture.ts';

let server: ServerHarness;
let on: Components;
let mine: TestTenant;
let other: TestTenant;
/** Administrator of the tenant and of the platform. */
let both: TestTenant;

beforeAll(async () => {
  server = await startServerHarness({ withWorker: true });
  on = componentsOn(server);
  mine = await server.makeTenant('Mine');
  other = await server.makeTenant('Other');
  both = await server.makeTenant('Both', { platformAdmin: true });
});
afterAll(() => server.stop());

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
  return (await on.must('getConnector', { token, params: { id } }))._source;
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
      const shown = (await on.must('getRun', { token: dev(tenant), params: { id: started.body._id } }))
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
  const id = await on.makeFlow(tenant, caller(connector));
  await on.must('publishFlow', {
    token: dev(tenant),
    params: { id },
    body: { note: '' },
    headers: { 'if-match': '*' },
  });
  return id;
}

const listedAs = async (tenant: TestTenant, query: string): Promise<string[]> => {
  const body = await on.must('searchMarketplace', { token: dev(tenant), query: { query } });
  return (body as unknown as { hits: { hits: { _id: string }[] } }).hits.hits.map((hit) => hit._id);
};

describe('a flow as a component', () => {
  it('CH-01 CH-03 becomes a connector whose origin it is, listed from its publication on', async () => {
    const id = await on.makeFlow(mine, greeter('Parcel rates'));
    await on.release(mine, id, '1.0.0');
    expect(await listedAs(mine, 'parcel rates')).toEqual([]);
    const connector = await on.publish(mine, at(id, '1.0.0'));
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
    const manual = await on.makeFlow(mine, { ...greetingDocument('manual'), name: 'Only by hand' });
    await on.must('createApiVersion', {
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
    await on.deploy(mine, manual, '1.0.0');
    const late = await ask();
    expect([late.status, late.body.error.code]).toEqual([409, 'component_not_exposed']);
  });

  it('CH-04 is published to the enterprise or the catalogue, nothing else, and asks for a yes', async () => {
    const id = await on.makeFlow(both, greeter('Stock alarm'));
    await on.release(both, id, '1.0.0');
    const ask = (body: object, token = ea(both)): Promise<Answer> =>
      server.call('publishApiVersion', { token, params: at(id, '1.0.0'), body });
    expect((await ask(publication('world'))).status).toBe(400);
    expect((await ask({ visibility: 'enterprise' })).body.error.code).toBe('confirmation_required');
    expect((await ask(publication('enterprise'), dev(both))).body.error.code).toBe('forbidden_role');
    expect((await ask(publication('enterprise'), ea(other))).status).toBe(404);
    const connector = await on.publish(both, at(id, '1.0.0'), 'catalogue');
    expect((await show(other, connector)).name).toBe('Stock alarm');
  });

  it('CH-05 CH-13 CH-14 really runs for all its callers, and changes for them only by republication', async () => {
    const id = await on.makeFlow(mine, greeter('Greeter one'));
    await on.release(mine, id, '1.0.0');
    const connector = await on.publish(mine, at(id, '1.0.0'));
    const before = await show(mine, connector);
    const [first, second] = [await makeCaller(mine, before), await makeCaller(mine, before)];
    expect(await outputOf(mine, first)).toEqual({ text: 'Hello, Sam!' });
    expect(await outputOf(mine, second)).toEqual({ text: 'Hello, Sam!' });
    const references = await on.must('getConnectorReferences', { token: ea(mine), params: { id: connector } });
    const users = (references as unknown as { components: { id: string }[] }).components.map((each) => each.id);
    expect(new Set(users)).toEqual(new Set([first, second]));

    await on.change(mine, id, greeter('Greeter one', 'Welcome'));
    await on.deploy(mine, id, '1.0.0');
    expect((await show(mine, connector)).integrity).toBe(before.integrity);
    const again = await on.must('republishApiVersion', { token: ea(mine), params: at(id, '1.0.0'), body: {} });
    expect(again.result).toBe('updated');
    const after = await show(mine, connector);
    expect(after.versions).toMatchObject([{ version: '1.0.0', revision: 2, stage: 'published' }]);
    expect(after.integrity).not.toBe(before.integrity);
    // A published flow is locked to the content it was compiled with; a new one takes the new content.
    expect(await outputOf(mine, first)).toEqual({ text: 'Hello, Sam!' });
    expect(await outputOf(mine, await makeCaller(mine, after))).toEqual({ text: 'Welcome, Sam!' });
  }, 90_000);

  it('CH-16 CH-17 CH-24 CH-26 never changes what is public: a new version stands beside it', async () => {
    const id = await on.makeFlow(both, greeter('Public greeter'));
    await on.release(both, id, '1.0.0');
    const connector = await on.publish(both, at(id, '1.0.0'), 'catalogue');
    const first = await show(both, connector);
    const refused = await server.call('republishApiVersion', { token: ea(both), params: at(id, '1.0.0'), body: {} });
    expect([refused.status, refused.body.error.code]).toEqual([409, 'version_immutable']);
    const redeployed = await server.call('deployApiVersion', { token: dev(both), params: at(id, '1.0.0'), body: {} });
    expect([redeployed.status, redeployed.body.error.code]).toEqual([409, 'version_immutable']);

    await on.must('createFlowBranch', { token: dev(both), params: { id }, body: { name: 'fix-1' } });
    await on.must('checkoutFlowBranch', {
      token: dev(both),
      params: { id },
      body: { branch: 'fix-1' },
      headers: { 'if-match': '*' },
    });
    await on.change(both, id, greeter('Public greeter', 'Good day'));
    await on.release(both, id, '1.0.1');
    await on.publish(both, at(id, '1.0.1'), 'catalogue');
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

    await on.must('deprecateVersion', { token: ea(both), params: at(connector, '1.0.0'), body: {} });
    const versions = await on.must('searchApiVersions', { token: dev(both), params: { id } });
    const stages = (
      versions as unknown as { hits: { hits: { _source: { version: string; connector: { stage: string } } }[] } }
    ).hits.hits;
    expect(stages.map(({ _source }) => [_source.version, _source.connector.stage])).toEqual([
      ['1.0.1', 'published'],
      ['1.0.0', 'deprecated'],
    ]);
  }, 90_000);

  it('CH-18 CH-21 builds each version from a branch of its own', async () => {
    const id = await on.makeFlow(mine, greeter('Branches'));
    const create = (body: object): Promise<Answer> =>
      server.call('createApiVersion', { token: dev(mine), params: { id }, body });
    expect((await create({ version: '1.0.0' })).status).toBe(400);
    expect((await create({ source_ref: 'main' })).status).toBe(400);
    expect((await create({ version: 'newest', source_ref: 'main' })).status).toBe(400);
    expect((await create({ version: '1.0.0', source_ref: 'nowhere' })).body.error.code).toBe('branch_not_found');
    expect((await create({ version: '1.0.0', source_ref: 'main' })).status).toBe(200);
    expect((await create({ version: '1.0.0', source_ref: 'main' })).body.error.code).toBe('version_exists');
    await on.must('createFlowBranch', { token: dev(mine), params: { id }, body: { name: 'fix-1' } });
    expect((await create({ version: '1.0.1', source_ref: 'fix-1' })).status).toBe(200);
    const rows = (await on.must('searchApiVersions', { token: dev(mine), params: { id } })) as unknown as {
      hits: { hits: { _source: { version: string; source_ref: string } }[] };
    };
    expect(rows.hits.hits.map(({ _source }) => [_source.version, _source.source_ref])).toEqual([
      ['1.0.1', 'fix-1'],
      ['1.0.0', 'main'],
    ]);
    const branches = (await on.must('searchFlowBranches', {
      token: dev(mine),
      params: { id },
    })) as unknown as BranchPage;
    expect(branches.hits.hits.map(({ _source: { name, current, versions } }) => ({ name, current, versions }))).toEqual(
      [
        { name: 'main', current: true, versions: ['1.0.0'] },
        { name: 'fix-1', current: false, versions: ['1.0.1'] },
      ],
    );
  });

  it('CH-18 keeps the draft of each branch when another one is edited', async () => {
    const id = await on.makeFlow(mine, greeter('Two drafts', 'Main'));
    await on.must('createFlowBranch', { token: dev(mine), params: { id }, body: { name: 'other' } });
    const checkout = (branch: string, revision = '*'): Promise<Answer> =>
      server.call('checkoutFlowBranch', {
        token: dev(mine),
        params: { id },
        body: { branch },
        headers: { 'if-match': revision },
      });
    expect((await checkout('other', '"7"')).body.error.code).toBe('revision_conflict');
    expect((await checkout('other')).status).toBe(200);
    await on.change(mine, id, greeter('Two drafts', 'Other'));
    const textNow = async (): Promise<string> =>
      JSON.stringify(
        ((await on.must('getFlow', { token: dev(mine), params: { id } }))._source as { document: object }).document,
      );
    expect(await textNow()).toContain('Other, ');
    await checkout('main');
    expect(await textNow()).toContain('Main, ');
    await checkout('other');
    expect(await textNow()).toContain('Other, ');
  });

  it('ends with an error when flows call each other without end', async () => {
    const id = await on.makeFlow(mine, greeter('Endless'));
    await on.release(mine, id, '1.0.0');
    const { slug } = await show(mine, await on.publish(mine, at(id, '1.0.0')));
    const self = {
      ...greeter('Endless'),
      steps: caller({ slug, version: '1.0.0' }).steps,
      scopes: caller({ slug, version: '1.0.0' }).scopes,
    };
    const ask = { ...self.steps['ask'], input: { name: { value: 'Sam' } } };
    await on.change(mine, id, { ...self, steps: { ask } } as FlowDocument);
    // Each version calls the one before it; ten of them are deeper than any sensible flow.
    for (let minor = 1; minor <= 10; minor += 1) {
      const version = `1.${String(minor)}.0`;
      const step = { ...ask, version: `1.${String(minor - 1)}.0` };
      await on.change(mine, id, { ...self, steps: { ask: step } } as unknown as FlowDocument);
      await on.release(mine, id, version);
      await on.publish(mine, at(id, version));
    }
    const ended = await run(mine, await makeCaller(mine, { slug, version: '1.10.0' }));
    expect(ended).toMatchObject({ state: 'failed', error: { code: 'call_too_deep' } });
  }, 120_000);
});
