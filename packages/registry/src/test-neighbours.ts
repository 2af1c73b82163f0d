import type { RegistryOptions } from './registry-service.ts';

/**
 * The modules around the registry as far as its own tests and benches need them: nothing is connected, nothing is called, secrets are
 * sealed by their place. `uses` are those by flows, in the hands of the test.
 */
export function createTestNeighbours(uses: Readonly<Record<string, number>> = {}): RegistryOptions {
  const never = (): never => {
    throw new Error('The registry alone calls nothing outside');
  };
  return {
    references: {
      countUsesOfConnectors: () => Promise.resolve(uses),
      usesOfConnector: () => Promise.resolve([]),
      countUsesElsewhere: () => Promise.resolve(0),
    },
    connections: {
      listOf: () => Promise.resolve([]),
      listUsing: () => Promise.resolve([]),
      countElsewhere: () => Promise.resolve({ all: 0, enabled: 0 }),
      countElsewhereUsing: () => Promise.resolve(0),
      countByConnector: () => Promise.resolve({}),
      disableAll: () => Promise.resolve(0),
      requireReauthorization: () => Promise.resolve(0),
    },
    components: { find: never },
    secrets: {
      seal: (tenantId, context, secret) => Promise.resolve(JSON.stringify([tenantId, context, secret])),
      open: (_tenantId, _context, sealed) => Promise.resolve((JSON.parse(sealed) as string[])[2] ?? ''),
    },
    audit: { record: () => Promise.resolve() },
    tenants: { nameOf: (id) => Promise.resolve(id) },
    outbound: { call: never, fetchText: never },
    calls: { open: never },
  };
}
