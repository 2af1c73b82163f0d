import { readEnvironment, type Environment } from '@patchbay/config';
import { seedBuiltins } from '@patchbay/registry';
import type { Logger } from 'pino';
import { buildApp } from './build-app.ts';
import { listen } from './app/listen.ts';
import { createLog } from './app/request-log.ts';
import { compose, type Composition } from './compose.ts';
import type { ServerConfig } from './config.ts';
import { seedDemo, type FirstSteps } from './demo/seed-demo.ts';
import { readBuiltins } from './read-builtins.ts';
import { startSearchPreparation } from './prepare-search.ts';
import { registerRunAttributes } from './register-run-attributes.ts';
import { startReconciler } from './reconciler.ts';
import { startRetirementClock } from './retirement-clock.ts';

/** A server that serves. */
export interface RunningServer {
  /** Where it is reached. */
  readonly url: string;
  /** How a person and the command line get in; only in development. */
  readonly firstSteps: FirstSteps;
  /** Takes no new requests, finishes those in flight, ends event streams, closes everything. */
  close(): Promise<void>;
}

/** Replaces parts of a server, for tests. */
export interface ServerDependencies {
  readonly environment?: Environment;
  readonly log?: Logger;
}

/**
 * Starts the server: schema, built-in connectors, demo tenant (development), then HTTP.
 *
 * @throws AppError `port_taken`, `service_unavailable`, `secret_unreadable`.
 */
export async function startServer(config: ServerConfig, deps: ServerDependencies = {}): Promise<RunningServer> {
  const log = deps.log ?? createLog(config.PATCHBAY_LOG_LEVEL);
  const publicUrl = publicUrlOf(config);
  const modules = await compose({ config, publicUrl, environment: deps.environment ?? readEnvironment(), log });
  try {
    await seed(modules, config, log);
    const demo = config.PATCHBAY_DEVELOPMENT ? await seedDemo(modules, { config, publicUrl, log }) : undefined;
    const app = await buildApp({ ...modules, ...appFacts(config, { publicUrl, modules }), local: demo?.user, log });
    await listen(app, { port: config.PORT, host: config.HOST });
    const reconciler = startReconciler(modules.flows.runs, log);
    const background = [
      startRetirementClock(modules, config.PATCHBAY_TASK_QUEUE, log),
      registerRunAttributes(modules, log),
      startSearchPreparation(modules, log),
    ];
    log.info({ url: publicUrl }, 'server ready');
    const close = async (): Promise<void> => {
      await app.close();
      for (const work of background) work.stop();
      await reconciler.stop();
      await modules.close();
    };
    return { url: publicUrl, firstSteps: demo?.firstSteps ?? {}, close };
  } catch (error) {
    await modules.close();
    throw error;
  }
}

async function seed(modules: Composition, config: ServerConfig, log: Logger): Promise<void> {
  const seeded = await seedBuiltins(modules.database, await readBuiltins(config.PATCHBAY_PLUGINS_DIR, log));
  const changed = seeded.filter(({ change }) => change !== 'none');
  if (changed.length > 0)
    log.info({ connectors: changed.map(({ slug, version }) => `${slug}@${version}`) }, 'built-in connectors');
}

function appFacts(config: ServerConfig, parts: { publicUrl: string; modules: Composition }) {
  return {
    publicUrl: parts.publicUrl,
    host: config.HOST,
    bodyLimit: config.PATCHBAY_BODY_LIMIT,
    webDir: config.PATCHBAY_WEB_DIR,
    hasDemo: config.PATCHBAY_DEVELOPMENT,
    pool: () => poolNumbers(parts.modules),
  };
}

function poolNumbers({ database }: Composition): { used: number; free: number; waiting: number } {
  // knex types its pool as `any`; these three methods are those of tarn, the pool it uses.
  const client = database.connection.client as {
    pool?: { numUsed(): number; numFree(): number; numPendingAcquires(): number };
  };
  const { pool } = client;
  return { used: pool?.numUsed() ?? 0, free: pool?.numFree() ?? 0, waiting: pool?.numPendingAcquires() ?? 0 };
}

function publicUrlOf(config: ServerConfig): string {
  if (config.PATCHBAY_PUBLIC_URL !== undefined) return config.PATCHBAY_PUBLIC_URL.replace(/\/+$/, '');
  const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? 'localhost' : config.HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${config.PORT}`;
}
