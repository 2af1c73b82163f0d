import type { References, RouteBody, RouteResponse } from '@patchbay/api-contract';
import { fetchByClient } from '../oauth/access-token.ts';
import { startConsent } from '../oauth/consent.ts';
import { resolveClient, type OAuthScheme } from '../oauth/oauth-client.ts';
import { sealTokens } from '../oauth/sealed-tokens.ts';
import type { SealedTokens } from '../oauth/token-row.ts';
import type { Actor, VaultDeps } from '../vault-deps.ts';
import { createAuthorizationRepository } from './authorization-repository.ts';
import type { CredentialValues } from './check-credentials.ts';
import { findConnection, type StoredConnection } from './connection-repository.ts';
import { mergeCredentials } from './merge-credentials.ts';
import { sealCredentials } from './sealed-credentials.ts';

/**
 * K2 and K5: authorizes a connection with what was typed, laid over what is stored. Where a person has to agree at an
 * authorization server the answer holds `authorizeUrl`, and nothing is changed before that succeeds. Throws
 * `connection_not_found`, `credentials_incomplete` with `details.missing`, `auth_details_incomplete`, and
 * `authentication_failed` if the server refuses the client; the old authorization stands then.
 */
export async function authorizeConnection(
  deps: VaultDeps,
  actor: Actor,
  { id, body }: { readonly id: string; readonly body: RouteBody<'authorizeConnection'> },
): Promise<RouteResponse<'authorizeConnection'>> {
  const { tenantId } = actor;
  const stored = await findConnection(deps.database.connection, tenantId, id);
  const { scheme, values } = await mergeCredentials(deps, tenantId, { stored, sent: body.credentials });
  const accountName = body.account_name === undefined || body.account_name === '' ? null : body.account_name;
  if (scheme.type === 'oauth2' && scheme.grantType === 'authorization_code') {
    const authorizeUrl = await startConsent(deps, actor, { stored, scheme, values, accountName });
    return { _id: id, result: 'updated', revision: stored.revision, authorizeUrl };
  }
  const revision = await createAuthorizationRepository(deps.database.connection).authorize(tenantId, id, {
    sealed: await sealCredentials(deps.keyring, { tenantId, connectionId: id }, values),
    tokens: scheme.type === 'oauth2' ? await firstTokens(deps, tenantId, { stored, scheme, values }) : null,
    accountName,
    by: actor.userId,
    at: deps.clock(),
  });
  return { _id: id, result: 'updated', revision };
}

/** Proves client id and secret before they replace the old ones. */
async function firstTokens(
  deps: VaultDeps,
  tenantId: string,
  of: { readonly stored: StoredConnection; readonly scheme: OAuthScheme; readonly values: CredentialValues },
): Promise<SealedTokens> {
  const { stored, scheme, values } = of;
  const source = { tenantId, connectorSlug: stored.connectorSlug, scheme, values };
  const client = await resolveClient(deps.tokens.settings, source);
  const tokens = await fetchByClient(deps.tokens, { client, scheme, scopes: stored.oauthScopes });
  return sealTokens(deps, { tenantId, connection: stored, scheme, tokens });
}

/** K6: deletes credentials and tokens. Throws `connection_not_found`. */
export async function revokeConnection(
  deps: VaultDeps,
  actor: Actor,
  id: string,
): Promise<RouteResponse<'revokeConnection'>> {
  const change = { by: actor.userId, at: deps.clock() };
  const revision = await createAuthorizationRepository(deps.database.connection).revoke(actor.tenantId, id, change);
  return { _id: id, result: 'updated', revision };
}

/** What uses a connection. Throws `connection_not_found`. */
export async function connectionReferences(deps: VaultDeps, tenantId: string, id: string): Promise<References> {
  const stored = await findConnection(deps.database.connection, tenantId, id);
  const uses = await deps.references.usesOfConnection(tenantId, id);
  const places = uses.map(({ flowId, flowName, step }) => ({ flow_id: flowId, flow_name: flowName, step }));
  const { name, isEnabled: enabled, authorization, revision } = stored;
  return {
    connections: [{ id, name, enabled, authorization, revision, places }],
    components: [],
    datasources: [],
    others: 0,
  };
}
