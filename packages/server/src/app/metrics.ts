import type { FastifyInstance } from 'fastify';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { createRunMetrics, type TakeClosedRuns } from './run-metrics.ts';

/** Numbers that Prometheus reads. */
export interface Metrics {
  readonly registry: Registry;
  runStarted(trigger: string): void;
}

/** Where the numbers of the pool come from. */
export interface PoolNumbers {
  readonly used: number;
  readonly free: number;
  readonly waiting: number;
}

/** What metrics are made from. */
export interface MetricsSources {
  readonly pool: () => PoolNumbers;
  readonly takeClosed: TakeClosedRuns;
}

/** Metrics of one server process, at `/metrics`. */
export function registerMetrics(app: FastifyInstance, { pool, takeClosed }: MetricsSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'patchbay_http_request_seconds',
    help: 'Duration of requests by route.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25],
    registers: [registry],
  });
  const runs = new Counter({
    name: 'patchbay_runs_started_total',
    help: 'Runs started by this server.',
    labelNames: ['trigger'],
    registers: [registry],
  });
  new Gauge({
    name: 'patchbay_database_connections',
    help: 'Connections of the pool by state.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { used, free, waiting } = pool();
      this.set({ state: 'used' }, used);
      this.set({ state: 'free' }, free);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    // The pattern of the route, never the address: it would make a new series per id.
    const route = request.routeOptions.url ?? 'none';
    requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  const countClosed = createRunMetrics(registry, { takeClosed, log: app.log });
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    await countClosed();
    return reply
      .type(registry.contentType)
      .serializer(String)
      .send(await registry.metrics());
  });
  return {
    registry,
    runStarted: (trigger) => {
      runs.inc({ trigger });
    },
  };
}
