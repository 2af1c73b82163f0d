import type { ClosedRunNumbers } from '@patchbay/flows';
import type { FastifyBaseLogger } from 'fastify';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Where closed runs come from: each is given once, to one server of the installation. */
export type TakeClosedRuns = (limit: number) => Promise<readonly ClosedRunNumbers[]>;

const batchSize = 500;
/** A backlog of many runs is spread over several scrapes. */
const batchesPerScrape = 20;
const runBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400];
const stepBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600, 86_400];

/**
 * Metrics of runs that have ended. Answers a function that adds what has ended since; it is called before each scrape and
 * never throws: what cannot be taken now is taken next time.
 */
export function createRunMetrics(
  registry: Registry,
  { takeClosed, log }: { takeClosed: TakeClosedRuns; log: FastifyBaseLogger },
): () => Promise<void> {
  const registers = [registry];
  const closed = new Counter({
    name: 'patchbay_runs_closed_total',
    help: 'Runs that have ended, by outcome. Each run is counted by one server of the installation: add them up.',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['completed', 'failed', 'cancelled', 'terminated']) closed.inc({ outcome }, 0);
  const runs = new Histogram({
    name: 'patchbay_run_seconds',
    help: 'Duration of runs that have ended, by outcome.',
    labelNames: ['outcome'],
    buckets: runBuckets,
    registers,
  });
  const steps = new Histogram({
    name: 'patchbay_step_seconds',
    help: 'Duration of the steps of runs that have ended, attempts and waits included, by kind of step and state.',
    labelNames: ['kind', 'state'],
    buckets: stepBuckets,
    registers,
  });
  const observe = (run: ClosedRunNumbers): void => {
    closed.inc({ outcome: run.outcome });
    runs.observe({ outcome: run.outcome }, run.durationMs / 1000);
    for (const { kind, state, durationMs } of run.steps) steps.observe({ kind, state }, durationMs / 1000);
  };
  return async () => {
    try {
      for (let batch = 0; batch < batchesPerScrape; batch += 1) {
        const taken = await takeClosed(batchSize);
        taken.forEach(observe);
        if (taken.length < batchSize) return;
      }
    } catch (error) {
      log.warn({ err: error }, 'closed runs could not be read for the metrics');
    }
  };
}
