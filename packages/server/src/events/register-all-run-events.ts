import { allRunEventsPath } from '@patchbay/api-contract';
import type { FlowsModule } from '@patchbay/flows';
import type { FastifyInstance } from 'fastify';
import { principalOf, requireAccess, type SessionOptions } from '../app/principal.ts';
import { openEventStream } from './open-event-stream.ts';
import { RunFeed } from './run-feed.ts';

/**
 * Registers the server-sent events of all runs of a tenant: `event: runs` says that the list has changed, and the client
 * asks for what it shows. One comes at once, because something may have happened while the client was away.
 */
export function registerAllRunEvents(
  app: FastifyInstance,
  deps: { readonly flows: FlowsModule; readonly sessions: SessionOptions },
  open: Set<AbortController>,
): void {
  const feed = new RunFeed(
    (tenantId) => deps.flows.runs.mark(tenantId),
    (error) => {
      app.log.warn({ err: error }, 'the run feed could not look');
    },
  );
  app.get(
    allRunEventsPath,
    { schema: { hide: true }, onRequest: requireAccess(deps.sessions, { access: 'signed-in', tag: 'run' }) },
    (request, reply) => {
      reply.hijack();
      const { raw } = reply;
      const stop = new AbortController();
      const heartbeat = openEventStream(reply);
      const tell = (): void => void raw.write('event: runs\ndata: {}\n\n');
      tell();
      const unsubscribe = feed.subscribe(principalOf(request).tenantId, tell);
      open.add(stop);
      raw.on('close', () => {
        stop.abort();
      });
      stop.signal.addEventListener('abort', () => {
        clearInterval(heartbeat);
        unsubscribe();
        open.delete(stop);
        raw.end();
      });
    },
  );
}
