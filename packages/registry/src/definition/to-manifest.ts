import {
  ConnectorManifestSchema,
  type ConnectorDefinition,
  type ConnectorManifest,
  type ConnectorManifestInput,
} from '@patchbay/manifest';
import { identityOfManifest, type ManifestPlace } from './identity-of-manifest.ts';
import { toAuthScheme } from './manifest-auth.ts';
import { needsNoInput, toManifestOperation } from './manifest-operation.ts';

/** What a manifest is made of. */
export interface ManifestSource extends ManifestPlace {
  readonly definition: ConnectorDefinition;
}

/**
 * The manifest of a connector that was made in the builder: what runs. A definition that breaks a rule gives a manifest that breaks it too;
 * `checkDefinition` tells which field it was.
 */
export function toManifest(source: ManifestSource): ConnectorManifest {
  return ConnectorManifestSchema.parse(toManifestInput(source));
}

/** The same before its schema was asked. */
export function toManifestInput(source: ManifestSource): ConnectorManifestInput {
  const { identity, definition } = source;
  const test = definition.operations.find((operation) => operation.method === 'GET' && needsNoInput(operation));
  return {
    ...identityOfManifest(source),
    ...(identity.documentationUrl !== undefined && { documentationUrl: identity.documentationUrl }),
    runtime: 'declarative',
    ...(definition.base_url !== '' && { baseUrl: definition.base_url, egress: egressOf(definition.base_url) }),
    auth: [toAuthScheme(definition.auth_scheme)],
    ...(test !== undefined && { connectionTest: { operation: test.name } }),
    operations: definition.operations.map(toManifestOperation),
    resilience: toResilience(definition.resilience),
  };
}

/** A base URL with a `{{field}}` in it has the host that the user of the connection gives. */
function egressOf(baseUrl: string): NonNullable<ConnectorManifestInput['egress']> {
  if (baseUrl.includes('{{')) return { hosts: [], isUserProvided: true };
  const host = URL.parse(baseUrl)?.hostname;
  return { hosts: host === undefined ? [] : [host], isUserProvided: false };
}

function toResilience(resilience: ConnectorDefinition['resilience']): ConnectorManifest['resilience'] {
  const toMs = (seconds: number): number => Math.round(seconds * 1000);
  return {
    timeoutMs: toMs(resilience.timeout_s),
    maxRetries: resilience.max_retries,
    retryDelayMs: toMs(resilience.retry_delay_s),
    backoff: resilience.backoff,
    rateLimitPerMinute: resilience.rate_limit_per_min,
    circuitBreakerThreshold: resilience.breaker_threshold,
    circuitBreakerRecoveryMs: toMs(resilience.breaker_recovery_s),
  };
}
