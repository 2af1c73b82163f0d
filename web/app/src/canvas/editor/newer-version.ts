import type { ConnectorSummary } from '@patchbay/api-contract/client';

/** The published version of a connector that is newer than the one a step has; undefined: there is none. */
export function newerVersion(
  connectors: readonly Pick<ConnectorSummary, 'slug' | 'stage' | 'version'>[],
  step: { readonly connector: string; readonly version: string },
): string | undefined {
  const found = connectors.find(({ slug }) => slug === step.connector);
  return found?.stage === 'published' && isNewer(found.version, step.version) ? found.version : undefined;
}

/** Compares `2.10.0` and `2.9.1` by their numbers; what stands after `-` makes a version older than the same without it. */
function isNewer(one: string, other: string): boolean {
  const [plain = '', tag] = one.split('-', 2);
  const [otherPlain = '', otherTag] = other.split('-', 2);
  const order = plain.localeCompare(otherPlain, 'en', { numeric: true });
  return order > 0 || (order === 0 && tag === undefined && otherTag !== undefined);
}
