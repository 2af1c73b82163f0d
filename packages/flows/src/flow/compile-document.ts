import type { Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import { compilePlan, validateDocument, type FlowDocument, type FlowIssue } from '@patchbay/flow-model';
import type { Plan } from '@patchbay/flow-model/plan';
import type { CompileSources, ConnectionEntry, ConnectorCatalog, FlowDeps } from './flow-deps.ts';
import { sha256Hex } from './flow-content.ts';
import { refusedUses } from './refused-uses.ts';

/** What the compiler may ask, answered from memory. */
interface ResolvedReferences {
  readonly resolveOperation: (slug: string, version: string) => Awaited<ReturnType<ConnectorCatalog['find']>>;
  readonly resolveConnection: (id: string) => ConnectionEntry | undefined;
}

/** A flow that is compiled or checked. */
export interface CompileInput {
  readonly tenantId: string;
  readonly flowId: string;
  readonly document: FlowDocument;
  /** Connector versions that the flow runs already, as `slug@version`. Given: new uses of what may have none are problems. */
  readonly known?: ReadonlySet<string> | undefined;
}

/** All problems of a document, errors and warnings. */
export async function checkDocument(
  deps: CompileSources,
  input: Omit<CompileInput, 'flowId'>,
): Promise<readonly FlowIssue[]> {
  const references = await resolveReferences(deps, input);
  return [...validateDocument(input.document, references), ...newUseIssues(input, references)];
}

function newUseIssues({ document, known }: Omit<CompileInput, 'flowId'>, references: ResolvedReferences): FlowIssue[] {
  return known === undefined ? [] : refusedUses(document, references.resolveOperation, known);
}

/**
 * Compiles a document into a plan with every connector locked.
 *
 * @throws AppError `flow_invalid` with all problems in `details.issues`.
 */
export async function compileDocument(deps: CompileSources, input: CompileInput): Promise<Plan> {
  const references = await resolveReferences(deps, input);
  const refused = newUseIssues(input, references);
  if (refused.length > 0) throw new AppError('flow_invalid', { details: { issues: refused } });
  const result = compilePlan(input.document, { flowId: input.flowId, sha256Hex, ...references });
  if ('plan' in result) return result.plan;
  throw new AppError('flow_invalid', { details: { issues: result.issues } });
}

/**
 * The same under share locks on everything that the document uses, for a plan that is stored in this transaction.
 *
 * @throws AppError `flow_invalid`.
 */
export async function compileHeld(deps: Pick<FlowDeps, 'uses'>, trx: Transaction, input: CompileInput): Promise<Plan> {
  const steps = Object.values(input.document.steps).filter((step) => step.kind === 'operation');
  const connectors = new Map(steps.map((step) => [`${step.connector}@${step.version}`, step]));
  const uses = {
    connectors: [...connectors.values()].map(({ connector: slug, version }) => ({ slug, version })),
    connectionIds: [...new Set(steps.flatMap((step) => step.connectionId ?? []))],
  };
  return compileDocument(await deps.uses.hold(trx, input.tenantId, uses), input);
}

/** The compiler is pure, so everything it may ask for is read before. */
async function resolveReferences(
  deps: CompileSources,
  input: Omit<CompileInput, 'flowId'>,
): Promise<ResolvedReferences> {
  const steps = Object.values(input.document.steps).filter((step) => step.kind === 'operation');
  const connectors = new Map(steps.map((step) => [`${step.connector}@${step.version}`, step]));
  const connectionIds = new Set(steps.flatMap((step) => step.connectionId ?? []));
  const versionByKey = new Map<string, Awaited<ReturnType<ConnectorCatalog['find']>>>();
  const connectionById = new Map<string, ConnectionEntry | undefined>();
  // One after the other: in a transaction they share one connection to the database.
  for (const [key, step] of connectors) {
    versionByKey.set(key, await deps.catalog.find(input.tenantId, step.connector, step.version));
  }
  for (const id of connectionIds) connectionById.set(id, await deps.connections.find(input.tenantId, id));
  return {
    resolveOperation: (slug, version) => versionByKey.get(`${slug}@${version}`),
    resolveConnection: (id) => connectionById.get(id),
  };
}
