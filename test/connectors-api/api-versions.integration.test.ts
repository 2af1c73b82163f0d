/** API versions of a flow: each at its own address, published with a connector or without, and what a connector of theirs means for them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '@patchbay/tooling';
import { startServerHarness, type Answer, type ServerHarness, type TestTenant } from '../server/server-harness.ts';
import { greetingDocument } from '../server/server-harness.ts';
import { at, componentsOn, dev, ea, greeter, publication, type Components } from './component-fixture.ts';

let server: ServerHarness;
let on: Components;
let mine: TestTenant;
let both: TestTenant;

beforeAll(async () => {
  server = await startServerHarness({ withWorker: true });
  on = componentsOn(server);
  mine = await server.makeTenant('Mine');
  both = await server.makeTenant('Both', { platformAdmin: true });
});
afterAll(() => server.stop());

interface ApiVersion {
  readonly version: string;
  readonly endpoint?: string;
  readonly published_at?: string;
  readonly has_undeployed_changes: boolean;
  readonly connector?: { readonly is_outdated: boolean; readonly stage: string };
}

async function versionsOf(id: string, token = dev(mine), query: Record<string, string | number> = {}) {
  const body = await on.must('searchApiVersions', { token, params: { id }, query });
  const page = body as unknown as { hits: { total: { value: number }; hits: { _source: ApiVersion }[] } };
  return { total: page.hits.total.value, rows: page.hits.hits.map(({ _source }) => _source) };
}

const endpointOf = async (id: string, version: string): Promise<string> =>
  (await versionsOf(id)).rows.find((row) => row.version === version)?.endpoint ?? 'none';

/** Calls an address of ours by its path; gives the status and the body. */
async function callAt(endpoint: string, name = 'Sam'): Promise<{ status: number; body: unknown }> {
  const url = new URL(endpoint).pathname;
  const response = await server.app.inject({ method: 'POST', url, payload: { name } });
  return { status: response.statusCode, body: response.json<unknown>() };
}

const codeAt = async (endpoint: string): Promise<unknown[]> => {
  const { status, body } = await callAt(endpoint);
  return [status, (body as { error?: { code: string } }).error?.code];
};
const refusalOf = ({ status, body }: Answer): unknown[] => [status, body.error.code];
const textAt = async (endpoint: string): Promise<unknown> => (await callAt(endpoint)).body;

describe('the address of an API version', () => {
  it('CH-17 CH-24 CH-50x each deployed version answers at its own, by its own plan', async () => {
    const id = await on.makeFlow(mine, greeter('Side by side', 'One'));
    await on.release(mine, id, '1.0.0');
    await on.change(mine, id, greeter('Side by side', 'Two'));
    await on.release(mine, id, '2.0.0');
    await on.change(mine, id, greeter('Side by side', 'Draft'));
    const [one, two] = [await endpointOf(id, '1.0.0'), await endpointOf(id, '2.0.0')];
    expect(await Promise.all([one, two].map(textAt))).toEqual([{ text: 'One, Sam!' }, { text: 'Two, Sam!' }]);
    const newest = one.replace(/\/1\.0\.0$/, '');
    expect(await textAt(newest)).toEqual({ text: 'Two, Sam!' });
    // A new deployment of the old one changes the old one alone.
    await on.deploy(mine, id, '1.0.0');
    expect(await Promise.all([one, two, newest].map(textAt))).toEqual([
      ...[{ text: 'Draft, Sam!' }, { text: 'Two, Sam!' }, { text: 'Two, Sam!' }],
    ]);
  }, 60_000);

  it('CH-22 is there once the version is deployed and can be called over HTTP', async () => {
    const id = await on.makeFlow(mine, greeter('Not yet'));
    await on.release(mine, id, '1.0.0');
    await on.must('createApiVersion', {
      ...{ token: dev(mine), params: { id }, body: { version: '1.1.0', source_ref: 'main' } },
    });
    const one = await endpointOf(id, '1.0.0');
    expect(await endpointOf(id, '1.1.0')).toBe('none');
    expect(await codeAt(one.replace('1.0.0', '1.1.0'))).toEqual([404, 'webhook_not_found']);
    expect(await codeAt(one.replace('1.0.0', '9.9.9'))).toEqual([404, 'webhook_not_found']);
    expect((await versionsOf(id, mine.tokens.viewer)).rows.map(({ endpoint }) => endpoint)).toEqual([
      undefined,
      undefined,
    ]);
    await on.must('disableFlow', { token: dev(mine), params: { id }, body: {} });
    expect(await codeAt(one)).toEqual([404, 'webhook_not_found']);
  });

  it('CH-32x CH-33x CH-34x 5.28 shares the stage of the connector version: deprecated runs, blocked and retired do not', async () => {
    const id = await on.makeFlow(mine, greeter('Staged'));
    await on.release(mine, id, '1.0.0');
    const connector = await on.publish(mine, at(id, '1.0.0'));
    await on.release(mine, id, '1.1.0');
    const [one, two] = [await endpointOf(id, '1.0.0'), await endpointOf(id, '1.1.0')];
    const move = (route: 'blockVersion' | 'unblockVersion' | 'deprecateVersion' | 'retireVersion') =>
      on.must(route, { token: ea(mine), params: at(connector, '1.0.0'), body: {} });
    /** Another call may still see for a second what it was before. */
    const settles = (expected: unknown[]): Promise<void> =>
      waitFor(async () => expect(await codeAt(one)).toEqual(expected), { timeoutMs: 10_000 });
    expect(await textAt(one)).toEqual({ text: 'Hello, Sam!' });
    await move('blockVersion');
    await settles([409, 'version_blocked']);
    await move('unblockVersion');
    await settles([201, undefined]);
    await move('deprecateVersion');
    expect(await codeAt(one)).toEqual([201, undefined]);
    await move('retireVersion');
    await settles([410, 'version_retired']);
    expect(await textAt(two)).toEqual({ text: 'Hello, Sam!' });
  }, 60_000);
});

describe('publishing an API version', () => {
  const publishApi = (id: string, token = dev(mine)): Promise<Answer> => {
    const body = { as: 'api', visibility: 'enterprise' };
    return server.call('publishApiVersion', { token, params: at(id, '1.0.0'), body });
  };

  it('CH-47x as an API alone is recorded, and makes no connector', async () => {
    const id = await on.makeFlow(mine, greeter('Only an API'));
    await on.must('createApiVersion', {
      ...{ token: dev(mine), params: { id }, body: { version: '1.0.0', source_ref: 'main' } },
    });
    expect(refusalOf(await publishApi(id))).toEqual([409, 'not_deployed']);
    await on.deploy(mine, id, '1.0.0');
    expect(refusalOf(await publishApi(id, mine.tokens.viewer))).toEqual([403, 'forbidden_role']);
    expect((await versionsOf(id)).rows[0]?.published_at).toBeUndefined();
    expect((await publishApi(id)).status).toBe(200);
    const [row] = (await versionsOf(id)).rows;
    expect([typeof row?.published_at, row?.connector]).toEqual(['string', undefined]);
    await publishApi(id);
    expect((await versionsOf(id)).rows[0]?.published_at).toBe(row?.published_at);
  });

  it('CH-02 CH-47x is refused for a flow that cannot be called, and comes with a connector of it', async () => {
    const manual = await on.makeFlow(mine, { ...greetingDocument('manual'), name: 'By hand' });
    await on.release(mine, manual, '1.0.0');
    expect(refusalOf(await publishApi(manual))).toEqual([409, 'component_not_exposed']);
    const id = await on.makeFlow(mine, greeter('With a connector'));
    await on.release(mine, id, '1.0.0');
    await on.publish(mine, at(id, '1.0.0'));
    const [row] = (await versionsOf(id)).rows;
    expect([typeof row?.published_at, row?.connector?.stage]).toEqual(['string', 'published']);
  });

  it('CH-35x as a connector is for administrators with SDK access; the one who may not learns only what is there', async () => {
    const id = await on.makeFlow(mine, greeter('Whose right'));
    await on.release(mine, id, '1.0.0');
    const ask = (token: string, flow = id): Promise<Answer> =>
      server.call('publishApiVersion', { token, params: at(flow, '1.0.0'), body: publication('enterprise') });
    expect(refusalOf(await ask(dev(mine)))).toEqual([403, 'forbidden_role']);
    expect(refusalOf(await ask(dev(mine), 'nowhere'))).toEqual([404, 'flow_not_found']);
    expect(refusalOf(await ask(ea(both)))).toEqual([404, 'flow_not_found']);
    const without = await server.makeTenant('Without', { features: { sdk_access: false } });
    const theirs = await on.makeFlow(without, greeter('No right'));
    await on.release(without, theirs, '1.0.0');
    expect(refusalOf(await ask(ea(without), theirs))).toEqual([403, 'sdk_access_disabled']);
  });
});

describe('republishing', () => {
  const revisionOf = async (tenant: TestTenant, id: string): Promise<{ revision: number; integrity: string }> =>
    (await on.must('getConnector', { token: ea(tenant), params: { id } }))._source;

  it('CH-13 CH-14 T7 by the route of the connector does what the route of the flow does', async () => {
    const id = await on.makeFlow(mine, greeter('Two ways'));
    await on.release(mine, id, '1.0.0');
    const connector = await on.publish(mine, at(id, '1.0.0'));
    const integrities = [(await revisionOf(mine, connector)).integrity];
    const ways = [
      () => on.must('republishConnector', { token: ea(mine), params: { id: connector }, body: {} }),
      () => on.must('republishApiVersion', { token: ea(mine), params: at(id, '1.0.0'), body: {} }),
    ];
    for (const [index, republish] of ways.entries()) {
      await on.change(mine, id, greeter('Two ways', `Word ${String(index)}`));
      await on.deploy(mine, id, '1.0.0');
      expect((await versionsOf(id)).rows[0]?.connector?.is_outdated).toBe(true);
      const { revision } = await republish();
      const after = await revisionOf(mine, connector);
      expect(after.revision).toBe(revision);
      expect(integrities).not.toContain(after.integrity);
      integrities.push(after.integrity);
      expect((await versionsOf(id)).rows[0]?.connector?.is_outdated).toBe(false);
      // Nothing is new: nothing changes.
      expect((await republish()).revision).toBe(revision);
    }
    const refused = await server.call('republishConnector', {
      ...{ token: dev(mine), params: { id: connector }, body: {} },
    });
    expect(refusalOf(refused)).toEqual([403, 'forbidden_role']);
  });

  it('CH-16 by the route of the connector is refused for a public one', async () => {
    const id = await on.makeFlow(both, greeter('Public, two ways'));
    await on.release(both, id, '1.0.0');
    const connector = await on.publish(both, at(id, '1.0.0'), 'catalogue');
    const answer = await server.call('republishConnector', { token: ea(both), params: { id: connector }, body: {} });
    expect(refusalOf(answer)).toEqual([409, 'version_immutable']);
  });

  it('CH-16 a deployment and a publication to all at once leave the version as one of them found it', async () => {
    for (let round = 0; round < 8; round += 1) {
      const id = await on.makeFlow(both, greeter(`At once ${String(round)}`, 'First'));
      await on.release(both, id, '1.0.0');
      if (round % 2 === 0) await on.publish(both, at(id, '1.0.0'));
      await on.change(both, id, greeter(`At once ${String(round)}`, 'Second'));
      const params = at(id, '1.0.0');
      const [published, deployed] = await Promise.all([
        server.call('publishApiVersion', { token: ea(both), params, body: publication('catalogue') }),
        server.call('deployApiVersion', { token: dev(both), params, body: {} }),
      ]);
      expect(published.status).toBe(200);
      expect([200, 409]).toContain(deployed.status);
      const [row] = (await versionsOf(id, dev(both))).rows;
      // Widening what is private takes the content as it was; a first publication takes what is deployed.
      const isOutdated = round % 2 === 0 && deployed.status === 200;
      expect([deployed.status, row?.connector?.is_outdated]).toEqual([deployed.status, isOutdated]);
      const again = await server.call('deployApiVersion', { token: dev(both), params, body: {} });
      expect(refusalOf(again)).toEqual([409, 'version_immutable']);
    }
  }, 60_000);
});

describe('the list of API versions', () => {
  it('CH-20 CH-23 is paged, newest first by number, and searched by number and branch', async () => {
    const id = await on.makeFlow(mine, greeter('Many'));
    await on.must('createFlowBranch', { token: dev(mine), params: { id }, body: { name: 'fix-1' } });
    const made = ['1.9.0', '1.10.0', '1.10.0-rc.1', '2.0.0', '0.1.0'];
    for (const version of made) {
      const body = { version, source_ref: version === '2.0.0' ? 'fix-1' : 'main' };
      await on.must('createApiVersion', { token: dev(mine), params: { id }, body });
    }
    const numbers = async (query: Record<string, string | number>): Promise<[number, string[]]> => {
      const { total, rows } = await versionsOf(id, dev(mine), query);
      return [total, rows.map(({ version }) => version)];
    };
    expect(await numbers({})).toEqual([5, ['2.0.0', '1.10.0', '1.10.0-rc.1', '1.9.0', '0.1.0']]);
    expect(await numbers({ from: 1, size: 2 })).toEqual([5, ['1.10.0', '1.10.0-rc.1']]);
    expect(await numbers({ query: 'fix' })).toEqual([1, ['2.0.0']]);
    expect(await numbers({ query: '1.10' })).toEqual([2, ['1.10.0', '1.10.0-rc.1']]);
  });
});
