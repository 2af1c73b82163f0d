import { webhookPath, webhookVersionPath } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import type { FlowsModule, OpenWebhook, WebhookAnswer } from '@patchbay/flows';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Metrics } from '../app/metrics.ts';
import { parseHookBody, toObject } from './parse-hook-body.ts';
import { writeReply } from './write-reply.ts';

/** What the webhook route needs. */
export interface HookDeps {
  readonly flows: FlowsModule;
  readonly metrics: Metrics;
  readonly publicUrl: string;
}

/** Largest body of any webhook; each has its own limit below it. */
const bodyLimit = 10_485_760;

declare module 'fastify' {
  interface FastifyRequest {
    /** The webhook of the request, found before its body is read. */
    webhook: OpenWebhook | null;
  }
}

/** Registers `/hook/:token` and `/hook/:token/:version` for GET and POST. */
export async function registerHook(app: FastifyInstance, deps: HookDeps): Promise<void> {
  await app.register(async (scope) => {
    scope.decorateRequest('webhook', null);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => {
      done(null, body);
    });
    for (const url of [webhookPath, webhookVersionPath]) {
      scope.route({
        method: ['GET', 'POST'],
        url,
        schema: { hide: true },
        onRequest: (request) => findWebhook(deps, request),
        handler: (request, reply) => handle(deps, request, reply),
      });
    }
  });
}

async function findWebhook(deps: HookDeps, request: FastifyRequest): Promise<void> {
  const { token, version } = request.params as { token: string; version?: string };
  const isAddress = /^[\w-]{10,64}$/.test(token) && /^[\w.-]{0,60}$/.test(version ?? '');
  if (!isAddress) throw new AppError('webhook_not_found');
  const webhook = await deps.flows.findWebhook(token, version);
  if (Number(request.headers['content-length'] ?? 0) > webhook.maxBodyBytes) {
    throw new AppError('webhook_body_too_large', { details: { maxBodyBytes: webhook.maxBodyBytes } });
  }
  request.webhook = webhook;
}

async function handle(deps: HookDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { webhook } = request;
  if (!webhook) throw new AppError('webhook_not_found');
  const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const answer = await webhook.call({
    method: request.method,
    headers: request.headers,
    query: toObject(new URL(request.url, 'http://localhost').searchParams),
    rawBody,
    parseBody: () => parseHookBody(request.headers['content-type'], rawBody),
  });
  request.runId = answer.runId;
  request.log = request.log.child({ tenant: webhook.tenantId });
  deps.metrics.runStarted('webhook');
  reply.header('x-patchbay-run', answer.runId);
  return answerWith(deps, answer, reply);
}

function answerWith(deps: HookDeps, answer: WebhookAnswer, reply: FastifyReply): FastifyReply {
  if (answer.reply) return writeReply(reply, answer.reply);
  const { runId, view } = answer;
  if (!view) {
    const body = { runId, url: `${deps.publicUrl}/app/runs/${runId}` };
    return reply.code(202).type('application/json; charset=utf-8').send(JSON.stringify(body));
  }
  if (view.state === 'succeeded') return writeReply(reply, { status: 200, headers: {}, body: view.output ?? null });
  // The caller may be anyone: it learns that the run failed, not why.
  throw new AppError('run_failed', { details: { runId } });
}
