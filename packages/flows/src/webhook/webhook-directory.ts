import { randomBytes } from 'node:crypto';
import type { DatabaseConnection } from '@patchbay/database';
import { AppError, type ErrorCode } from '@patchbay/errors';
import type { Trigger } from '@patchbay/flow-model';
import type { Plan } from '@patchbay/flow-model/plan';
import type { FlowDeps, SecretBox } from '../flow/flow-deps.ts';
import { createWebhookRepository } from './webhook-repository.ts';

/** A flow as a caller of its webhook meets it. */
export interface WebhookTarget {
  readonly tenantId: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly versionId: string;
  readonly version: number;
  readonly plan: Plan;
  readonly trigger: Extract<Trigger, { kind: 'webhook' }>;
  /** For `auth: secret | hmac`. */
  readonly secret: string;
}

/** Finds the flow behind a webhook address. */
export interface WebhookDirectory {
  /**
   * The live version, or one deployed API version.
   *
   * @throws AppError `webhook_not_found` also for a flow that is off or not published: the address tells nothing; `version_blocked`,
   * `version_retired` for an API version whose connector is.
   */
  find(token: string, apiVersion?: string): Promise<WebhookTarget>;
  /** The flow has changed; the next call reads it again. */
  forget(flowId: string): void;
}

/** Address and secret of a flow, for those who may edit it. */
export interface WebhookAddress {
  readonly token: string;
  readonly secret: string;
}

/** Tokens have no slash. */
const keyOf = (token: string, version: string | undefined): string => `${token}/${version ?? ''}`;

/** Longest time another server process may still see the version before. */
const freshMs = 1_000;
const maxEntries = 5_000;
const secretContext = (flowId: string): string => `webhook/${flowId}`;

interface Entry {
  readonly loadedAt: number;
  readonly target: Promise<FoundTarget | undefined>;
  flowId?: string;
}

type FoundTarget = WebhookTarget & { readonly refusal: ErrorCode | undefined };

/** Keeps live versions in memory, so that a webhook call costs no round trip to the database. */
export function createWebhookDirectory({
  db: { connection: db },
  secrets,
  components,
}: Pick<FlowDeps, 'db' | 'secrets' | 'components'>): WebhookDirectory {
  const entries = new Map<string, Entry>();
  const load = async (token: string, version: string | undefined): Promise<FoundTarget | undefined> => {
    const row = await createWebhookRepository(db).findTarget(token, version);
    if (!row?.is_enabled || row.trigger.kind !== 'webhook') return undefined;
    const { tenant_id: tenantId, flow_id: flowId } = row;
    return {
      refusal: version === undefined ? undefined : await components.refuseCall(db, tenantId, { flowId, version }),
      tenantId,
      flowId,
      flowName: row.flow_name,
      versionId: row.version_id,
      version: row.version,
      plan: row.plan,
      trigger: row.trigger,
      secret: await secrets.open(row.tenant_id, secretContext(row.flow_id), row.sealed_secret),
    };
  };
  const refresh = (token: string, version: string | undefined): Entry => {
    const key = keyOf(token, version);
    const entry: Entry = { loadedAt: Date.now(), target: load(token, version) };
    if (entries.size >= maxEntries) entries.clear();
    entries.set(key, entry);
    entry.target.then(
      (target) => {
        if (target) entry.flowId = target.flowId;
        else entries.delete(key);
      },
      () => entries.delete(key),
    );
    return entry;
  };
  return {
    async find(token, version) {
      const known = entries.get(keyOf(token, version));
      const entry = known && Date.now() - known.loadedAt < freshMs ? known : refresh(token, version);
      const target = await entry.target;
      if (!target) throw new AppError('webhook_not_found');
      if (target.refusal !== undefined) throw new AppError(target.refusal, { details: { version: version ?? '' } });
      return target;
    },
    forget(flowId) {
      for (const [key, entry] of entries)
        if (entry.flowId === flowId || entry.flowId === undefined) entries.delete(key);
    },
  };
}

/** Gives a flow its address and secret; one that has them keeps them. */
export async function ensureWebhook(
  deps: { readonly db: DatabaseConnection; readonly secrets: SecretBox },
  tenantId: string,
  flowId: string,
): Promise<void> {
  const webhooks = createWebhookRepository(deps.db);
  if (await webhooks.find(tenantId, flowId)) return;
  const sealedSecret = await deps.secrets.seal(tenantId, secretContext(flowId), randomBytes(24).toString('base64url'));
  await webhooks.insertIfMissing(tenantId, flowId, { token: randomBytes(16).toString('base64url'), sealedSecret });
}

/** Address and secret of a flow, if it has them. */
export async function readWebhook(
  deps: { readonly db: DatabaseConnection; readonly secrets: SecretBox },
  tenantId: string,
  flowId: string,
): Promise<WebhookAddress | undefined> {
  const row = await createWebhookRepository(deps.db).find(tenantId, flowId);
  if (!row) return undefined;
  return { token: row.token, secret: await deps.secrets.open(tenantId, secretContext(flowId), row.sealed_secret) };
}
