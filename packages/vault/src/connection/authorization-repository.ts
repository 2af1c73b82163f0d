import { createTenantScope, toJsonb, type DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import { toTokenRow, type SealedTokens } from '../oauth/token-row.ts';
import { forgottenHealth } from './connection-repository.ts';

/** Who changed something, and when. */
interface Change {
  readonly by: string;
  readonly at: Date;
}

/** New credentials that were found complete. */
export interface Authorization extends Change {
  readonly sealed: Readonly<Record<string, string>>;
  readonly tokens: SealedTokens | null;
  /** Null: it keeps its name. */
  readonly accountName: string | null;
}

/** Changes of the facet `authorization` and of the switch (requirements 4.3). Each answers the new revision. */
export function createAuthorizationRepository(db: DatabaseConnection) {
  const change = async (tenantId: string, id: string, columns: object): Promise<number> => {
    const values = { ...columns, revision: db.raw('revision + 1') };
    const changed = await createTenantScope(db, tenantId)
      .rows('connections')
      .where({ id })
      .update(values, ['revision']);
    const [row] = changed as unknown as { revision: number }[];
    if (row === undefined) throw new AppError('connection_not_found');
    return row.revision;
  };
  return {
    /** K2, K5: credentials and tokens are swapped in one statement. */
    authorize: (tenantId: string, id: string, given: Authorization): Promise<number> =>
      change(tenantId, id, {
        ...authorOf(given),
        credentials: toJsonb(given.sealed),
        authorization: 'authorized',
        last_authorized_at: given.at,
        ...(given.accountName === null ? {} : { account_name: given.accountName }),
        ...toTokenRow(given.tokens),
        ...forgottenHealth,
      }),
    /** K6: nothing that could be used stays. */
    revoke: (tenantId: string, id: string, by: Change): Promise<number> =>
      change(tenantId, id, {
        ...authorOf(by),
        credentials: '{}',
        authorization: 'revoked',
        ...toTokenRow(null),
        ...forgottenHealth,
      }),
    /** K7: the authorization is kept. */
    setEnabled: (tenantId: string, id: string, to: Change & { readonly isEnabled: boolean }): Promise<number> =>
      change(tenantId, id, { ...authorOf(to), is_enabled: to.isEnabled }),
  };
}

function authorOf({ by, at }: Change) {
  return { updated_by: by, updated_at: at };
}
