import type { OperationContext } from '@patchbay/connector-sdk';
import { Pool } from 'pg';
import { toPoolConfig } from './credentials.ts';

/** Databases connected to at once; the one used longest ago makes room. */
const maxPools = 50;
const maxConnections = 10;
const idleMs = 30_000;
const connectTimeoutMs = 10_000;

/** One pool per set of credentials. A Map keeps its order, so the first one is the one used longest ago. */
const pools = new Map<string, Pool>();

/** The pool of a connection; it is shared by all calls with the same credentials and closes what is idle for 30 s. */
export function poolFor(credentials: OperationContext['credentials']): Pool {
  const key = JSON.stringify(Object.entries(credentials).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  const pool = pools.get(key) ?? createPool(credentials);
  pools.delete(key);
  pools.set(key, pool);
  const [oldest] = pools;
  if (pools.size > maxPools && oldest !== undefined) {
    pools.delete(oldest[0]);
    void oldest[1].end();
  }
  return pool;
}

function createPool(credentials: OperationContext['credentials']): Pool {
  const pool = new Pool({
    ...toPoolConfig(credentials),
    max: maxConnections,
    idleTimeoutMillis: idleMs,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'patchbay',
    keepAlive: true,
    allowExitOnIdle: true,
  });
  // An idle connection that the server closes is no failure of any call; the pool drops it.
  pool.on('error', () => undefined);
  return pool;
}
