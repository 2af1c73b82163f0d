import { readEgress } from '@patchbay/config';
import {
  createDeclarativeRunner,
  type DeclarativeCall,
  type DeclarativeRunner,
  type GuardedHttp,
} from '@patchbay/connector-runtime/declarative';
import { AppError, isAppError } from '@patchbay/errors';
import type { OutboundHttp } from '@patchbay/registry';
import { requestClientToken } from '@patchbay/vault';
import type { Logger } from 'pino';
import type { ServerConfig } from '../config.ts';

/** An answer to a person who waits; what a worker may carry is more than a page can show. */
const maxResponseBytes = 2 * 1024 * 1024;

/** Outbound HTTP of this process (decision 0050): what the registry asks for, and forms to token endpoints. */
export interface Outbound extends OutboundHttp, Pick<GuardedHttp, 'postForm' | 'close'> {}

/** Makes it under the egress rules of the configuration. Throws `config_invalid`. */
export function createOutbound(config: ServerConfig, log: Logger): Outbound {
  const runner = createDeclarativeRunner({ egress: readEgress(config), maxResponseBytes, log });
  return {
    call: (call) => runner.call({ ...call, obtainToken: tokenSource(runner, call) }),
    fetchText: (url, options) => fetchText(runner, url, options),
    postForm: (post) => runner.postForm(post),
    close: () => runner.close(),
  };
}

/** The token of a test by client credentials; a person's consent cannot be asked for in a test, so that token has to be given. */
function tokenSource(
  transport: Pick<GuardedHttp, 'postForm'>,
  { manifest }: Parameters<OutboundHttp['call']>[0],
): DeclarativeCall['obtainToken'] {
  const scheme = manifest.auth[0];
  if (scheme?.type !== 'oauth2' || scheme.grantType !== 'client_credentials') return undefined;
  return (values) => requestClientToken(transport, scheme, values);
}

/** For an import, a text that is too large is too complex. */
async function fetchText(
  runner: DeclarativeRunner,
  url: string,
  options: Parameters<OutboundHttp['fetchText']>[1],
): Promise<string> {
  try {
    return await runner.fetchText(url, options);
  } catch (failure) {
    if (!isAppError(failure) || failure.code !== 'response_too_large') throw failure;
    throw new AppError('import_too_complex', { message: failure.message, cause: failure });
  }
}
