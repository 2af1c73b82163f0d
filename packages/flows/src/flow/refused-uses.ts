import { errorCodes, type ErrorCode } from '@patchbay/errors';
import type { FlowDocument, FlowIssue } from '@patchbay/flow-model';
import type { ConnectorCatalog } from './flow-deps.ts';

type CatalogEntry = Awaited<ReturnType<ConnectorCatalog['find']>>;

/** What no flow may run, whether or not it did before. */
const ended: ReadonlySet<ErrorCode> = new Set(['version_blocked', 'version_retired']);

/** The connector versions that a document uses, as `slug@version`. */
export function usesOf(document: FlowDocument): ReadonlySet<string> {
  const steps = Object.values(document.steps).filter((step) => step.kind === 'operation');
  return new Set(steps.map((step) => `${step.connector}@${step.version}`));
}

/**
 * Steps that use what nothing new may use (requirements.md 4.2): a version that is deprecated or of a connector that is switched off. What
 * the live version of the flow uses already stays, until the version is blocked or retired.
 */
export function refusedUses(
  document: FlowDocument,
  entryOf: (slug: string, version: string) => CatalogEntry,
  known: ReadonlySet<string>,
): FlowIssue[] {
  return Object.values(document.steps).flatMap((step) => {
    if (step.kind !== 'operation') return [];
    const refusal = entryOf(step.connector, step.version)?.refusal;
    const isKnown = known.has(`${step.connector}@${step.version}`);
    if (refusal === undefined || (isKnown && !ended.has(refusal))) return [];
    const message = `${step.connector} ${step.version}: ${errorCodes[refusal].message}`;
    return [{ severity: 'error', code: refusal, message, step: step.key }];
  });
}
