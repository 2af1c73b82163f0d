import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import { AppError } from '@patchbay/errors';
import type { LocalUser } from '@patchbay/identity';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { registerDemoStock } from './demo/stockroom.ts';
import { registerRunEvents } from './events/register-run-events.ts';
import { createHandlers } from './handlers/index.ts';
import type { HandlerDeps } from './handlers/deps.ts';
import { registerHealth, type HealthChecks } from './health/register-health.ts';
import { registerHook } from './hook/register-hook.ts';
import { registerOAuthCallback } from './oauth/register-oauth-callback.ts';
import { registerContentTypes } from './app/content-types.ts';
import { registerErrorHandler, sendProblem, toKnownError } from './app/error-handler.ts';
import { isLoopback, registerHostCheck } from './app/host-check.ts';
import { registerKnownPaths } from './app/known-paths.ts';
import { registerMetrics, type PoolNumbers } from './app/metrics.ts';
import { registerOpenApi } from './app/openapi.ts';
import { registerRequestLog } from './app/request-log.ts';
import { registerRoutes } from './app/register-routes.ts';
import { registerSecurityHeaders } from './app/security-headers.ts';
import { registerWebApp } from './app/static-web.ts';

/** What the HTTP side needs: the modules, and facts of the process. */
export interface AppDeps extends Omit<HandlerDeps, 'metrics' | 'sessions'> {
  readonly host: string;
  readonly bodyLimit: number;
  readonly webDir: string;
  readonly log: FastifyBaseLogger;
  readonly health: HealthChecks;
  readonly pool: () => PoolNumbers;
  /** Serves the stock system of the demo flows. */
  readonly hasDemo: boolean;
  /** Development mode: see {@link SessionOptions}. Not on an address that others can reach. */
  readonly local?: LocalUser | undefined;
}

/** Longest part of an address. */
const maxParamLength = 400;

/** Builds the whole application without listening; tests call it by `inject`. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  let isDraining = false;
  const app = fastify({
    loggerInstance: deps.log,
    // Our own line per answer knows tenant and run, and hides what is secret in an address.
    logController: new fastify.LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: deps.bodyLimit,
    requestTimeout: 120_000,
    routerOptions: { maxParamLength, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => void sendProblem(toKnownError(error), request, reply),
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  });
  app.decorateRequest('principal', null);
  registerKnownPaths(app);
  registerErrorHandler(app);
  registerRequestLog(app);
  registerHostCheck(app, deps);
  registerContentTypes(app);
  const isSecure = deps.publicUrl.startsWith('https:');
  await registerSecurityHeaders(app, isSecure);
  await app.register(cookie);
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) => new AppError('rate_limited', { details: { retryAfterMs: ttl } }),
  });
  await registerOpenApi(app, deps.publicUrl);
  const metrics = registerMetrics(app, { pool: deps.pool, takeClosed: deps.flows.runs.takeClosed });
  registerHealth(app, deps.health, () => isDraining);
  const sessions = { identity: deps.identity, isSecure, ...(isLoopback(deps.host) && { local: deps.local }) };
  registerRoutes(app, createHandlers({ ...deps, metrics, sessions }), sessions);
  await registerHook(app, { ...deps, metrics });
  registerOAuthCallback(app, { vault: deps.vault, sessions });
  const streams = registerRunEvents(app, { flows: deps.flows, sessions });
  if (deps.hasDemo) registerDemoStock(app);
  await registerWebApp(app, deps.webDir);
  app.addHook('preClose', async () => {
    isDraining = true;
    streams.closeAll();
  });
  return app;
}
