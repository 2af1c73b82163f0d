/** An external system that counts its calls, and a flow that calls it through a connector. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FlowDocument } from '@patchbay/flow-model';
import { waitFor } from '@patchbay/tooling';
import type { Answer, ServerHarness } from '../server/server-harness.ts';

/** The stub. */
export interface External {
  readonly url: string;
  /** Paths that were called. */
  readonly calls: string[];
  /** Status that the next calls get. */
  status: number;
  stop(): Promise<void>;
}

/** Starts it on a port of this machine. */
export async function startExternal(): Promise<External> {
  const calls: string[] = [];
  const server: Server = createServer((request, response) => {
    calls.push(request.url ?? '');
    response.writeHead(external.status, { 'content-type': 'application/json' }).end('{"text":"hello"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const external: External = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    calls,
    status: 200,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return external;
}

/** A flow with one step that calls a connector. */
export function callingDocument(step: {
  readonly connector: string;
  readonly version?: string;
  readonly connectionId?: string;
}): FlowDocument {
  const call = {
    key: 'call',
    title: 'Call',
    kind: 'operation',
    operation: 'say_hello',
    input: {},
    version: '1.0.0',
    ...step,
  };
  return {
    schemaVersion: 1,
    ...{ name: `Calls ${step.connector}`, description: '', mode: 'standard' },
    trigger: { kind: 'manual', title: 'Start', inputSchema: { type: 'object' } },
    steps: { call },
    scopes: { root: { steps: ['call'], edges: [] } },
    layout: { positions: {} },
    samples: {},
  } as unknown as FlowDocument;
}

/** Makes a flow, not published. */
export async function makeFlow(server: ServerHarness, token: string, document: FlowDocument): Promise<string> {
  const { status, body } = await server.call('createFlow', { token, body: { document } });
  if (status !== 200) throw new Error(`createFlow answered ${JSON.stringify(body)}`);
  return body._id;
}

/** Publishes a flow. */
export const publishFlow = (server: ServerHarness, token: string, id: string): Promise<Answer> =>
  server.call('publishFlow', { token, params: { id }, body: {} });

/** How a run ended. */
export interface EndedRun {
  readonly state: string;
  readonly ended?: string;
  readonly error?: { readonly code: string };
}

/** Starts a published flow; gives the id of the run. */
export async function startRun(server: ServerHarness, token: string, flowId: string): Promise<string> {
  const { status, body } = await server.call('startRun', { token, body: { flowId, input: {} } });
  if (status >= 300) throw new Error(`startRun answered ${JSON.stringify(body)}`);
  return body._id;
}

/** Waits for the end of a run. */
export const endOf = (server: ServerHarness, token: string, id: string): Promise<EndedRun> =>
  waitFor(
    async () => {
      const { body } = await server.call('getRun', { token, params: { id } });
      const run = body._source as EndedRun;
      if (run.ended === undefined) throw new Error(`The run is still ${run.state}.`);
      return run;
    },
    { timeoutMs: 30_000 },
  );

/** Starts a flow and waits for its end. */
export const runFlow = async (server: ServerHarness, token: string, flowId: string): Promise<EndedRun> =>
  endOf(server, token, await startRun(server, token, flowId));
