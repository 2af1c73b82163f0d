/** Runs are found in Temporal itself by typed search attributes, in a real namespace. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '@patchbay/tooling';
import { startServerHarness, waitingDocument, type ServerHarness, type TestTenant } from './server-harness.ts';

let server: ServerHarness;
let tenant: TestTenant;
let token: string;

beforeAll(async () => {
  server = await startServerHarness({ withWorker: true });
  tenant = await server.makeTenant('Attributes');
  token = tenant.tokens.developer;
}, 120_000);
afterAll(() => server.stop());

/** Workflow ids that Temporal finds for a query; it sees new ones with a delay. */
function found(query: string, count: number): Promise<string[]> {
  const { workflow } = server.modules.temporal.client;
  return waitFor(
    async () => {
      const ids: string[] = [];
      for await (const { workflowId } of workflow.list({ query })) ids.push(workflowId);
      if (ids.length !== count) throw new Error(`${query} finds ${ids.length} runs`);
      return ids;
    },
    { timeoutMs: 15_000 },
  );
}

describe('search attributes of runs', () => {
  it('find a run by tenant, flow, version, run and trigger, and are registered once', async () => {
    const { temporal } = server.modules;
    await Promise.all([temporal.attributes.ensure(), temporal.attributes.ensure()]);
    const { body } = await server.call('createFlow', { token, body: { document: waitingDocument() } });
    await server.call('publishFlow', { token, params: { id: body._id }, body: {} });
    const start = async (version?: string): Promise<string> => {
      const started = await server.call('startRun', {
        token,
        body: { flowId: body._id, input: { name: 'A' }, ...(version && { version }) },
      });
      return started.body._id;
    };
    const [live, draft] = [await start(), await start('draft')];
    const idOf = (run: string) => `${tenant.id}/${body._id}/${run}`;
    const ours = `TenantId = '${tenant.id}' and FlowId = '${body._id}' and TriggerType = 'manual'`;
    expect(await found(`${ours} and FlowVersion = '1'`, 1)).toEqual([idOf(live)]);
    expect(await found(`${ours} and FlowVersion = 'draft'`, 1)).toEqual([idOf(draft)]);
    expect(await found(`FlowRunId = '${live}' and ExecutionStatus = 'Running'`, 1)).toEqual([idOf(live)]);
    const description = await temporal.client.workflow.getHandle(idOf(live)).describe();
    // Once a worker has looked at the run, Temporal adds an attribute of its own.
    const ofOurs = description.typedSearchAttributes.getAll().filter(({ key }) => key.name !== 'BuildIds');
    expect(ofOurs.map(({ key }) => key.type)).toEqual(Array.from({ length: 5 }, () => 'KEYWORD'));
    await Promise.all([live, draft].map((id) => server.call('cancelRun', { token, params: { id } })));
  });
});
