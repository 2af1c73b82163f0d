import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@patchbay/errors';
import type { FastifyInstance } from 'fastify';

/** Where to listen, and how long to wait for a port that is taken. */
export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  /** Time in ms; 3 s unless a test is in a hurry. */
  readonly patienceMs?: number;
}

const pauseMs = 100;

/**
 * Listens. A port may be held for a moment by the server before this one, which still ends, or by an outgoing connection
 * of any program: it is asked for again before it counts as taken. Closes the app when it cannot listen.
 *
 * @throws AppError `port_taken` if it stays taken.
 */
export async function listen(app: FastifyInstance, options: ListenOptions): Promise<void> {
  const { port, host, patienceMs = 3_000 } = options;
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      await app.listen({ port, host, listenTextResolver: () => 'listening' });
      return;
    } catch (cause) {
      const isTaken = (cause as { code?: string }).code === 'EADDRINUSE';
      if (isTaken && performance.now() < deadline) {
        await delay(pauseMs);
        continue;
      }
      await app.close();
      throw isTaken ? new AppError('port_taken', { message: `Port ${port} is taken.`, cause }) : cause;
    }
  }
}
