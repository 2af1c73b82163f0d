import type { FastifyInstance } from 'fastify';

/** What must answer before the server is ready. Each throws or gives false when it is not. */
export type HealthChecks = Readonly<Record<string, () => Promise<boolean>>>;

/** Without a ready worker runs wait, but the server can take them. */
const optionalChecks = new Set(['worker']);
const timeoutMs = 4_000;

/** `/healthz`: the process lives. `/readyz`: what it needs answers; 503 if something does not. */
export function registerHealth(app: FastifyInstance, checks: HealthChecks, isDraining: () => boolean): void {
  const hidden = { schema: { hide: true } as object, logLevel: 'warn' as const };
  app.get('/healthz', hidden, async (_request, reply) => send(reply, 200, { status: 'ok' }));
  app.get('/readyz', hidden, async (_request, reply) => {
    const entries = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await passes(check)] as const),
    );
    const isReady = !isDraining() && entries.every(([name, passed]) => passed || optionalChecks.has(name));
    const parts = Object.fromEntries(entries.map(([name, passed]) => [name, passed ? 'ok' : 'down']));
    return send(reply, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', ...parts });
  });
}

interface Sender {
  code(status: number): Sender;
  type(contentType: string): Sender;
  serializer(serialize: (payload: unknown) => string): Sender;
  send(payload: unknown): unknown;
}

function send(reply: Sender, status: number, body: object): unknown {
  return reply.code(status).type('application/json; charset=utf-8').serializer(JSON.stringify).send(body);
}

async function passes(check: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, timeoutMs);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
