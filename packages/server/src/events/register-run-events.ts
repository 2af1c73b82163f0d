import { runEventsPath, type Run } from '@patchbay/api-contract';
import type { FlowsModule } from '@patchbay/flows';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { principalOf, requireAccess, type SessionOptions } from '../app/principal.ts';
import { openEventStream } from './open-event-stream.ts';
import { registerAllRunEvents } from './register-all-run-events.ts';

/** Open streams; ends them when the server drains. */
export interface EventStreams {
  closeAll(): void;
}

/**
 * Registers the server-sent events of a run: `event: run` with the whole run at each change, `event: end` when it has ended.
 * A client that comes back simply gets the run as it is now.
 */
export function registerRunEvents(
  app: FastifyInstance,
  deps: { flows: FlowsModule; sessions: SessionOptions },
): EventStreams {
  const open = new Set<AbortController>();
  registerAllRunEvents(app, deps, open);
  app.get(
    runEventsPath,
    { schema: { hide: true }, onRequest: requireAccess(deps.sessions, { access: 'signed-in', tag: 'run' }) },
    async (request, reply) => {
      const { id } = request.params as { id: string };
      request.runId = id;
      const stop = new AbortController();
      const changes = deps.flows.runs.watch({ tenantId: principalOf(request).tenantId, id }, stop.signal);
      // The first value is awaited before the head is sent: a run that is not there is still an ordinary 404.
      const first = await changes.next();
      open.add(stop);
      try {
        await stream({ request, reply, stop }, { first, changes });
      } finally {
        open.delete(stop);
      }
    },
  );
  return {
    closeAll: () => {
      for (const stop of open) stop.abort();
    },
  };
}

interface Channel {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly stop: AbortController;
}

async function stream(
  { request, reply, stop }: Channel,
  source: { first: IteratorResult<Run, void>; changes: AsyncGenerator<Run, void, undefined> },
): Promise<void> {
  reply.hijack();
  const { raw } = reply;
  const close = (): void => {
    stop.abort();
  };
  raw.on('close', close);
  const heartbeat = openEventStream(reply);
  try {
    let next = source.first;
    while (!next.done && !stop.signal.aborted) {
      raw.write(`event: run\ndata: ${JSON.stringify(next.value)}\n\n`);
      next = await source.changes.next();
    }
    if (!stop.signal.aborted) raw.write('event: end\ndata: {}\n\n');
  } catch (error) {
    // The head is sent: the client comes back by itself and is told then.
    if (!stop.signal.aborted) request.log.warn({ err: error }, 'run events ended early');
  } finally {
    clearInterval(heartbeat);
    raw.off('close', close);
    raw.end();
  }
}
