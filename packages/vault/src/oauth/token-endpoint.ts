import * as oauth from 'oauth4webapi';
import { AppError, isAppError } from '@patchbay/errors';
import { hideSecrets } from '../connection/mask.ts';
import type { FormAnswer, TokenTransport } from '../vault-deps.ts';
import type { OAuthClient } from './oauth-client.ts';

/** What a token endpoint gave. */
export interface TokenSet {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  /** Absent: the server did not say. */
  readonly expiresInSeconds?: number | undefined;
  /** Absent: those that were asked for. */
  readonly scope?: string | undefined;
}

/** One way to get a token, with its parameters of the form. */
export interface TokenGrant {
  readonly type: 'client_credentials' | 'authorization_code' | 'refresh_token';
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Asks for a token. Client id and secret go into the form; a server that refuses the client then gets them once more as HTTP
 * Basic, because many know only one of the two. Throws `authentication_failed` if the server refuses, with its code in
 * `details.reason`, and `remote_unavailable`, `remote_rate_limited`, `network_error`, `operation_timeout`, `egress_forbidden`.
 */
export async function requestToken(
  transport: TokenTransport,
  client: OAuthClient,
  grant: TokenGrant,
): Promise<TokenSet> {
  const { clientSecret } = client;
  if (clientSecret === '') return tryRequest(transport, { client, grant, authentication: oauth.None() });
  try {
    return await tryRequest(transport, { client, grant, authentication: oauth.ClientSecretPost(clientSecret) });
  } catch (failure) {
    if (!isAppError(failure) || failure.details['reason'] !== 'invalid_client') throw failure;
    return tryRequest(transport, { client, grant, authentication: basic(clientSecret) });
  }
}

/**
 * HTTP Basic with as little encoding as the standard lets through: many servers do not decode, and the library's own function would
 * write even the hyphens of a UUID as `%2D`.
 */
function basic(clientSecret: string): oauth.ClientAuth {
  return (...[, client, , headers]: Parameters<oauth.ClientAuth>) => {
    const pair = `${encodeURIComponent(client.client_id)}:${encodeURIComponent(clientSecret)}`;
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  };
}

interface Attempt {
  readonly client: OAuthClient;
  readonly grant: TokenGrant;
  readonly authentication: oauth.ClientAuth;
}

async function tryRequest(transport: TokenTransport, { client, grant, authentication }: Attempt): Promise<TokenSet> {
  const url = (grant.type === 'refresh_token' ? client.refreshUrl : undefined) ?? client.tokenUrl;
  const server = toServer(url);
  const caller = { client_id: client.clientId };
  const parameters = { ...grant.parameters };
  const response = await oauth.genericTokenEndpointRequest(server, caller, authentication, grant.type, parameters, {
    [oauth.customFetch]: (_address, { body, headers }) => send(transport, { url, body, headers }),
  });
  try {
    return toTokenSet(await oauth.processGenericTokenEndpointResponse(server, caller, response));
  } catch (failure) {
    throw toRefusal(failure, [client.clientSecret, ...Object.values(secretsOf(grant))]);
  }
}

/** The library insists on https. What may be called is for the egress guard to say; a definition may name http (DI-09). */
function toServer(url: string): oauth.AuthorizationServer {
  const secure = new URL(url);
  secure.protocol = 'https:';
  return { issuer: secure.origin, token_endpoint: secure.href };
}

async function send(
  transport: TokenTransport,
  request: { url: string; body: URLSearchParams; headers: Record<string, string> },
): Promise<Response> {
  const { 'content-type': _contentType, ...headers } = request.headers;
  const answer = await transport.postForm({ url: request.url, form: Object.fromEntries(request.body), headers });
  if (answer.status >= 500) throw new AppError('remote_unavailable', { message: 'The authorization server failed.' });
  if (answer.status === 429 || answer.status === 408) throw new AppError('remote_rate_limited');
  const { status, body } = normalize(answer);
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
}

/**
 * What providers do beside the standard: errors with status 200, success with 201, no token type. An ID token is dropped: it is
 * for signing people in, and we do not know whose issuer to hold it against.
 */
function normalize(answer: FormAnswer): { status: number; body: Record<string, unknown> } {
  const body = parseObject(answer.body);
  const isSuccess = answer.status < 300 && typeof body['access_token'] === 'string';
  if (isSuccess) {
    const { id_token: _idToken, ...rest } = body;
    const isProof = String(rest['token_type']).toLowerCase() === 'dpop';
    return { status: 200, body: isProof ? rest : { ...rest, token_type: 'bearer' } };
  }
  const guessed = answer.status === 401 ? 'invalid_client' : `status_${String(answer.status)}`;
  return { status: 400, body: { ...body, error: typeof body['error'] === 'string' ? body['error'] : guessed } };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}

function toTokenSet(response: oauth.TokenEndpointResponse): TokenSet {
  return {
    accessToken: response.access_token,
    refreshToken: response.refresh_token,
    expiresInSeconds: response.expires_in,
    scope: response.scope,
  };
}

/** What a server may send back in its words: such a message goes into runs and their history. */
function secretsOf({ parameters }: TokenGrant): Record<string, string> {
  const { scope: _scope, redirect_uri: _redirect, ...secrets } = parameters;
  return secrets;
}

function toRefusal(failure: unknown, secrets: readonly string[]): AppError {
  if (isAppError(failure)) return failure;
  const isRefusal = failure instanceof oauth.ResponseBodyError;
  // Words of the server only: an error of the library may hold the whole answer, tokens included.
  const reason = isRefusal ? failure.error : 'invalid_response';
  const words = isRefusal ? (failure.error_description ?? failure.error) : 'Its answer holds no usable token.';
  const shown = (text: string, length: number): string => hideSecrets(text, writtenForms(secrets)).slice(0, length);
  return new AppError('authentication_failed', {
    message: `The authorization server refused: ${shown(words, 500)}`,
    details: { reason: shown(reason, 200), wasSent: false },
  });
}

/** As they stand, and as a form or a header carries them. */
function writtenForms(secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ v: secret }).toString().slice(2),
  ]);
}
