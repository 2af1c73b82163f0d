import type { OperationCall as RuntimeCall, OperationResult } from '@patchbay/connector-runtime';
import { AppError, isAppError } from '@patchbay/errors';
import type { ConnectionSecrets, OperationServices } from './operation-services.ts';

/** A call as the runtime gets it, but for what the connection gives. */
export type OpenCall = Omit<RuntimeCall, 'credentials' | 'connection'> & { readonly effect: string };

/** The connection of a call, and how to read it anew with another access token. */
export interface CallConnection {
  readonly connection: ConnectionSecrets | undefined;
  readonly readAgain: (refusedToken: string) => Promise<ConnectionSecrets | undefined>;
}

/**
 * Calls. An external system may refuse an OAuth2 token before its time is over, because somebody revoked it: a new one is got
 * then, once, and the call is repeated with it in what is left of its time. It was refused at the door, so it had no effect.
 *
 * @throws AppError what the runtime throws; `reauthorization_required` if there is no new token.
 */
export async function invokeAuthorized(
  runtime: OperationServices['runtime'],
  { effect, ...call }: OpenCall,
  { connection, readAgain }: CallConnection,
): Promise<OperationResult> {
  const startedAt = performance.now();
  try {
    return await runtime.invoke(withConnection(call, connection));
  } catch (failure) {
    const token = refusedToken(failure, connection);
    if (token === undefined) throw failure;
    const renewed = await readAgain(token).catch(asNotSent);
    if (!isWholeCall(call, effect)) throw failure;
    const timeoutMs = call.timeoutMs - Math.round(performance.now() - startedAt);
    if (timeoutMs <= 0) throw failure;
    return runtime.invoke(withConnection({ ...call, timeoutMs }, renewed));
  }
}

/** What goes wrong on the way to a new token says nothing about the call, which was refused. */
function asNotSent(error: unknown): never {
  if (!isAppError(error)) throw error;
  const { code, message, hint, details } = error;
  throw new AppError(code, { message, hint, details: { ...details, wasSent: false }, cause: error });
}

/** Package code may have sent other requests before the one that was refused: what must happen once is not begun again. */
function isWholeCall({ manifest }: Pick<OpenCall, 'manifest'>, effect: string): boolean {
  return manifest.runtime === 'declarative' || effect !== 'once';
}

function refusedToken(failure: unknown, connection: ConnectionSecrets | undefined): string | undefined {
  if (connection?.authType !== 'oauth2' || !isAppError(failure) || failure.details['status'] !== 401) return undefined;
  return connection.credentials['access_token'];
}

function withConnection(
  call: Omit<RuntimeCall, 'credentials' | 'connection'>,
  connection: ConnectionSecrets | undefined,
): RuntimeCall {
  return {
    ...call,
    credentials: connection?.credentials ?? {},
    ...(connection && { connection: runtimeConnection(connection) }),
  };
}

function runtimeConnection({ connectionId, authType }: ConnectionSecrets): NonNullable<RuntimeCall['connection']> {
  // The vault gives all values of a connection as credentials; the runtime tells secrets and settings apart by the scheme.
  return {
    id: connectionId,
    config: {},
    authType: authType as NonNullable<NonNullable<RuntimeCall['connection']>['authType']>,
  };
}
