import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Agent, buildConnector } from 'undici';
import type { EgressGuard } from '../egress/egress-guard.ts';

const connectTimeoutMs = 10_000;
const connectionsPerOrigin = 128;

/**
 * A connection pool that asks the guard before it connects and connects to the very addresses the guard checked, so that
 * a name cannot lead elsewhere between check and use. undici is loaded here, on first use, because it takes 50 ms.
 */
export async function createGuardedAgent(guard: EgressGuard): Promise<Agent> {
  const undici = await import('undici');
  const connect: buildConnector.connector = (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    guard.resolve(options.hostname, port).then(
      (addresses) => {
        const connector = undici.buildConnector({
          allowH2: false,
          timeout: connectTimeoutMs,
          lookup: pinnedLookup(addresses),
        });
        connector(options, callback);
      },
      (error: unknown) => callback(error as Error, null),
    );
  };
  return new undici.Agent({ connect, allowH2: false, connections: connectionsPerOrigin });
}

function pinnedLookup(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}
