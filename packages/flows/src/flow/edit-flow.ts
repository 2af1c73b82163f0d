import { AppError } from '@patchbay/errors';
import type { RouteBody } from '@patchbay/api-contract';
import { emptyDocument, parseDocument, parseDocumentYaml, type FlowDocument } from '@patchbay/flow-model';
import { ulid } from 'ulid';
import { ensureWebhook, type WebhookDirectory } from '../webhook/webhook-directory.ts';
import { createWebhookRepository } from '../webhook/webhook-repository.ts';
import type { Actor, FlowDeps } from './flow-deps.ts';
import { createFlowRepository } from './flow-repository.ts';

/** What a write of a flow gives. */
export interface SavedFlow {
  readonly id: string;
  readonly revision: number;
}

const defaultTrigger: FlowDocument['trigger'] = {
  kind: 'manual',
  title: 'Start by hand',
  inputSchema: { type: 'object', properties: {} },
};

/** Creates a flow from a document, or an empty one. @throws AppError `flow_document_invalid`, `flow_too_large`. */
export async function createFlow(deps: FlowDeps, actor: Actor, body: RouteBody<'createFlow'>): Promise<SavedFlow> {
  const base =
    body.document ?? emptyDocument({ name: body.name ?? 'Untitled flow', trigger: body.trigger ?? defaultTrigger });
  const named = {
    ...base,
    ...(body.name !== undefined && { name: body.name }),
    ...(body.trigger && { trigger: body.trigger }),
  };
  return insertFlow(deps, actor, parseDocument(named));
}

/** Creates a flow from its text. @throws AppError `flow_document_invalid`, `flow_document_too_new`, `flow_too_large`. */
export async function importFlow(deps: FlowDeps, actor: Actor, body: RouteBody<'importFlow'>): Promise<SavedFlow> {
  return insertFlow(
    deps,
    actor,
    body.format === 'yaml' ? parseDocumentYaml(body.text) : parseDocument(parseJson(body.text)),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'This is not JSON.';
    throw new AppError('flow_document_invalid', { cause, details: { fields: [{ path: '', message }] } });
  }
}

async function insertFlow(deps: FlowDeps, actor: Actor, document: FlowDocument): Promise<SavedFlow> {
  const id = ulid(deps.now().getTime());
  await deps.db.transaction(async (trx) => {
    await createFlowRepository(trx).insert(actor.tenantId, { id, document, author: actor.name, now: deps.now() });
    if (document.trigger.kind === 'webhook')
      await ensureWebhook({ db: trx, secrets: deps.secrets }, actor.tenantId, id);
  });
  return { id, revision: 1 };
}

/** A change of the draft. */
export interface DraftChange {
  readonly id: string;
  readonly document: FlowDocument;
  /** Revision the change is based on; `'*'` overwrites. */
  readonly revision: number | '*';
}

/** Saves the draft. @throws AppError `flow_not_found`, `revision_conflict`, `flow_document_invalid`, `flow_too_large`. */
export async function updateFlow(deps: FlowDeps, actor: Actor, change: DraftChange): Promise<SavedFlow> {
  const document = parseDocument(change.document);
  const revision = await deps.db.transaction(async (trx) => {
    const saved = await createFlowRepository(trx).saveDraft(actor.tenantId, change.id, {
      document,
      revision: change.revision,
      author: actor.name,
      now: deps.now(),
    });
    if (document.trigger.kind === 'webhook')
      await ensureWebhook({ db: trx, secrets: deps.secrets }, actor.tenantId, change.id);
    return saved;
  });
  return { id: change.id, revision };
}

/** Deletes a flow and its address; versions stay for the runs that show them. @throws AppError `flow_not_found`. */
export async function deleteFlow(
  deps: FlowDeps & { webhooks: WebhookDirectory },
  actor: Actor,
  id: string,
): Promise<void> {
  await deps.db.transaction(async (trx) => {
    await createFlowRepository(trx).delete(actor.tenantId, id);
    await createWebhookRepository(trx).delete(actor.tenantId, id);
  });
  deps.webhooks.forget(id);
}
