import { oauthCallbackPath } from '@patchbay/api-contract';
import { errorKinds, toAppError } from '@patchbay/errors';
import type { ConsentAnswer, VaultService } from '@patchbay/vault';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { principalOf, requireAccess, type SessionOptions } from '../app/principal.ts';
import { callbackScript, renderCallbackPage, type CallbackOutcome } from './callback-page.ts';

/** What the callback needs. */
export interface OAuthCallbackDeps {
  readonly vault: VaultService;
  readonly sessions: SessionOptions;
}

/** Longest value of a parameter; more is no answer of an authorization server. */
const maxLength = 4_096;

/** Registers the address that authorization servers send browsers back to, and the script of its page. */
export function registerOAuthCallback(app: FastifyInstance, deps: OAuthCallbackDeps): void {
  const check = requireAccess(deps.sessions, { access: 'signed-in', tag: 'connection' });
  app.get(oauthCallbackPath, { schema: { hide: true } }, async (request, reply) => {
    try {
      await check(request);
      const answer = toAnswer(request);
      const { connectionId, name } = await deps.vault.finishConsent(principalOf(request), answer);
      return await send(reply, 200, { isAuthorized: true, connectionId, ...words(`${name} is authorized.`) });
    } catch (failure) {
      return await sendFailure(request, reply, failure);
    }
  });
  app.get(`${oauthCallbackPath}.js`, { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600').send(callbackScript),
  );
}

function words(title: string): Pick<CallbackOutcome, 'title' | 'text'> {
  return { title, text: 'You can close this window.' };
}

function toAnswer(request: FastifyRequest): ConsentAnswer {
  const query = request.query as Readonly<Record<string, unknown>>;
  const names = ['state', 'code', 'error', 'error_description'] as const;
  const values = names.map((name) => [name, query[name]] as const);
  return Object.fromEntries(values.filter(([, value]) => typeof value === 'string' && value.length <= maxLength));
}

async function sendFailure(request: FastifyRequest, reply: FastifyReply, failure: unknown): Promise<FastifyReply> {
  const error = toAppError(failure);
  const { status } = errorKinds[error.kind];
  if (status >= 500) request.log.warn({ err: error }, 'authorization could not be finished');
  const title = error.code === 'unauthenticated' ? 'Sign in first.' : 'The connection was not authorized.';
  const text = error.code === 'internal_error' ? 'Something went wrong on our side.' : `${error.message} ${error.hint}`;
  return send(reply, status, { isAuthorized: false, title, text });
}

/** The window that opened this one must stay reachable after the visit to a foreign origin; this page shows nothing worth isolating. */
function send(reply: FastifyReply, status: number, outcome: CallbackOutcome): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('cross-origin-opener-policy', 'unsafe-none')
    .send(renderCallbackPage(outcome));
}
