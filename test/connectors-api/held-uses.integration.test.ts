/** A flow that is published at the same moment as what it uses goes away, and uses that stand neither in the draft nor in the live version. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '@patchbay/tooling';
import type { FlowDocument } from '@patchbay/flow-model';
import { greetingDocument, startServerHarness, type Answer, type ServerHarness } from '../server/server-harness.ts';
import type { TestTenant } from '../server/server-harness.ts';
import { callingDocument, makeFlow, publishFlow } from './calling-flow.ts';
import { act, connect, ea, makeIn, must, type Subject } from './lifecycle-fixture.ts';

let server: ServerHarness;
let mine: TestTenant;
let platform: string;

beforeAll(async () => {
  server = await startServerHarness();
  mine = await server.makeTenant('Mine');
  platform = await server.makePlatformAdmin();
});
afterAll(() => server.stop());

const version = '1.0.0';
const published = (): Promise<Subject> =>
  makeIn(server, { author: ea(mine), platform }, { stage: 'published', visibility: 'enterprise' });
const codeOf = ({ status, body }: Answer): string => (status === 200 ? 'ok' : body.error.code);
const callerOf = (subject: Subject, connectionId?: string): Promise<string> => {
  const step = { connector: subject.slug, ...(connectionId !== undefined && { connectionId }) };
  return makeFlow(server, ea(mine), callingDocument(step));
};
const issuesOf = ({ body }: Answer): string[] =>
  (body.error.details as { issues: { code: string }[] }).issues.map(({ code }) => code);
const removeConnection = (id: string): Promise<Answer> =>
  server.call('deleteConnection', { token: ea(mine), params: { id } });

/** Until somebody waits for a lock in the database of the test. */
async function untilSomebodyWaits(): Promise<void> {
  await waitFor(
    async () => {
      const { rows } = await server.modules.database.connection.raw<{ rows: { count: number }[] }>(
        `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (rows[0]?.count !== 1) throw new Error('nobody waits');
    },
    { timeoutMs: 20_000 },
  );
}

/** Publishes while a change in a transaction of its own is not committed yet. */
async function publishDuring(flowId: string, change: string, bindings: string[]): Promise<Answer> {
  const database = server.modules.database;
  let publishing: Promise<Answer> | undefined;
  await database.transaction(async (trx) => {
    await trx.raw(change, bindings);
    publishing = publishFlow(server, ea(mine), flowId);
    await untilSomebodyWaits();
  });
  return publishing as unknown as Promise<Answer>;
}

describe('publishing a flow', () => {
  it('T12 waits for a retirement that has begun, and then refuses', async () => {
    const subject = await published();
    const flow = await callerOf(subject);
    const change = `with locked as (select id from connectors where id = ? for update)
      update connector_versions v set stage = 'retired' from locked where v.connector_id = locked.id`;
    const answer = await publishDuring(flow, change, [subject.id]);
    expect([codeOf(answer), issuesOf(answer)]).toEqual(['flow_invalid', ['version_retired']]);
  });

  it('T15 waits for a switch-off that has begun, and then refuses', async () => {
    const subject = await published();
    const flow = await callerOf(subject);
    const answer = await publishDuring(flow, 'update connectors set is_enabled = false where id = ?', [subject.id]);
    expect([codeOf(answer), issuesOf(answer)]).toEqual(['flow_invalid', ['connector_disabled']]);
  });

  it('K8 waits for the deletion of a connection that has begun, and then refuses', async () => {
    const subject = await published();
    const { _id: connection } = (await connect(server, ea(mine), subject.slug)).body;
    const flow = await callerOf(subject, connection);
    const answer = await publishDuring(flow, 'delete from connections where id = ?', [connection]);
    expect([codeOf(answer), issuesOf(answer)]).toEqual(['flow_invalid', ['connection_not_found']]);
  });

  it('T12 K8 and what it uses going away at once never both work', { timeout: 120_000 }, async () => {
    for (let round = 0; round < 15; round += 1) {
      const subject = await published();
      const { _id: connection } = (await connect(server, ea(mine), subject.slug)).body;
      const [direct, through] = [await callerOf(subject), await callerOf(subject)];
      const retire = async (): Promise<Answer> => {
        await act(server, ea(mine), { route: 'deprecateVersion', id: subject.id, version });
        await server.call('disableConnection', { token: ea(mine), params: { id: connection }, body: {} });
        return act(server, ea(mine), { route: 'retireVersion', id: subject.id, version });
      };
      const use = async (): Promise<Answer> => {
        const document = callingDocument({ connector: subject.slug, connectionId: connection });
        const headers = { 'if-match': '*' };
        await server.call('updateFlow', { token: ea(mine), params: { id: through }, body: { document }, headers });
        return publishFlow(server, ea(mine), through);
      };
      const [first, retired] = await Promise.all([publishFlow(server, ea(mine), direct), retire()]);
      expect([first.status < 500, retired.status < 500]).toEqual([true, true]);
      expect([codeOf(first), codeOf(retired)]).not.toEqual(['ok', 'ok']);
      if (codeOf(retired) !== 'ok') expect(codeOf(retired)).toBe('connector_in_use');
      const [second, removed] = await Promise.all([use(), removeConnection(connection)]);
      expect([second.status < 500, removed.status < 500]).toEqual([true, true]);
      expect([codeOf(second), codeOf(removed)]).not.toEqual(['ok', 'ok']);
    }
  });

  it('deadlocks with no other that uses the same in another order', { timeout: 60_000 }, async () => {
    const [one, other] = [await published(), await published()];
    const both = (first: Subject, second: Subject): FlowDocument => {
      const document = callingDocument({ connector: first.slug });
      const again = { ...document.steps['call'], key: 'again', connector: second.slug };
      const edges = [{ from: 'call', port: 'out', to: 'again' }];
      return {
        ...document,
        steps: { ...document.steps, again },
        scopes: { root: { steps: ['call', 'again'], edges } },
      } as FlowDocument;
    };
    const documents = Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? both(one, other) : both(other, one)));
    const flows = await Promise.all(documents.map((document) => makeFlow(server, ea(mine), document)));
    const switching = async (): Promise<void> => {
      for (const route of ['disableConnector', 'enableConnector', 'disableConnector', 'enableConnector'] as const) {
        for (const { id } of [one, other]) await must(server, ea(mine), { route, id });
      }
    };
    const [answers] = await Promise.all([
      Promise.all(flows.map((id) => publishFlow(server, ea(mine), id))),
      switching(),
    ]);
    for (const answer of answers) expect(['ok', 'flow_invalid']).toContain(codeOf(answer));
  });
});

describe('references', () => {
  const checkout = (id: string, branch: string): Promise<Answer> =>
    server.call('checkoutFlowBranch', {
      ...{ token: ea(mine), params: { id }, body: { branch }, headers: { 'if-match': '*' } },
    });
  const change = (id: string, document: FlowDocument): Promise<Answer> =>
    server.call('updateFlow', {
      ...{ token: ea(mine), params: { id }, body: { document }, headers: { 'if-match': '*' } },
    });
  const namedIn = ({ body }: Answer): string[] =>
    (body.error.details as { references: { components: { id: string }[] } }).references.components.map(({ id }) => id);

  it('ZO-48 T17 K8 a branch that is not checked out counts', async () => {
    const subject = await published();
    const { _id: connection } = (await connect(server, ea(mine), subject.slug)).body;
    const flow = await callerOf(subject, connection);
    const branch = { token: ea(mine), params: { id: flow }, body: { name: 'quiet' } };
    expect(codeOf(await server.call('createFlowBranch', branch))).toBe('ok');
    await change(flow, greetingDocument('manual'));
    expect(codeOf(await removeConnection(connection))).toBe('connection_in_use');
    const removed = await act(server, ea(mine), { route: 'deleteConnector', id: subject.id });
    expect([codeOf(removed), namedIn(removed)]).toEqual(['connector_in_use', [flow]]);
    // The row of the branch that is checked out is old; its draft is what counts.
    await checkout(flow, 'quiet');
    await change(flow, greetingDocument('manual'));
    expect(codeOf(await removeConnection(connection))).toBe('ok');
    expect(codeOf(await act(server, ea(mine), { route: 'deleteConnector', id: subject.id }))).toBe('ok');
  });

  it('T12 a deployed API version counts, also when a newer one is live', async () => {
    const subject = await published();
    const flow = await callerOf(subject);
    const deploy = async (number: string): Promise<void> => {
      const params = { id: flow, version: number };
      const made = { token: ea(mine), params: { id: flow }, body: { version: number, source_ref: 'main' } };
      expect(codeOf(await server.call('createApiVersion', made))).toBe('ok');
      expect(codeOf(await server.call('deployApiVersion', { token: ea(mine), params, body: {} }))).toBe('ok');
    };
    await deploy('1.0.0');
    await change(flow, greetingDocument('manual'));
    await deploy('2.0.0');
    await must(server, ea(mine), { route: 'deprecateVersion', id: subject.id, version });
    const retired = await act(server, ea(mine), { route: 'retireVersion', id: subject.id, version });
    expect([codeOf(retired), namedIn(retired)]).toEqual(['connector_in_use', [flow]]);
  });
});
