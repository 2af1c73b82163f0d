import type { ConnectorDefinition } from '@patchbay/manifest';
import { digestJson } from '@patchbay/manifest/digest';

/** Canonical digest of a definition: tells whether anything changed. */
export function hashDefinition(definition: ConnectorDefinition): string {
  return digestJson(definition);
}

/** Digest of all that a test of one operation depends on; undefined if there is no such operation. */
export function hashOperation(definition: ConnectorDefinition, name: string): string | undefined {
  const operation = definition.operations.find((each) => each.name === name);
  if (operation === undefined) return undefined;
  return digestJson({ base_url: definition.base_url, auth_scheme: definition.auth_scheme, operation });
}
