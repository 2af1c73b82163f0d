import { isDeepStrictEqual } from 'node:util';
import type { AuthDefinition } from '@patchbay/manifest';

type OAuth2 = Extract<AuthDefinition, { type: 'oauth2' }>;

/** Everything an edit takes away when the authentication type changes (5.9); false: there is nothing to lose. */
export function hasAuthConfiguration(auth: AuthDefinition): boolean {
  if (auth.credential_schema.length > 0) return true;
  if (auth.type === 'api_key') return auth.parameters.length > 0 || auth.key_prefix !== '';
  if (auth.type !== 'oauth2') return false;
  const urls = [auth.authorize_url, auth.token_url, auth.refresh_url];
  return urls.some((url) => url !== undefined) || auth.oauth_scopes.length > 0;
}

/** Scopes that people granted may not be taken away or renamed once the draft is over (ZO-27); gives those that are. */
export function removedScopes(before: AuthDefinition, after: AuthDefinition): string[] {
  if (before.type !== 'oauth2' || after.type !== 'oauth2') return [];
  const kept = new Set(after.oauth_scopes);
  return before.oauth_scopes.filter((scope) => !kept.has(scope));
}

/** Listed parameters (ZO-32 to ZO-34) that differ: existing authorizations end with them. */
export function reauthorizingChanges(before: AuthDefinition, after: AuthDefinition): string[] {
  if (before.type === 'api_key' && after.type === 'api_key') {
    const isSame = before.key_prefix === after.key_prefix && isDeepStrictEqual(placesOf(before), placesOf(after));
    return isSame ? [] : ['parameters'];
  }
  if (before.type !== 'oauth2' || after.type !== 'oauth2') return [];
  const listed: (keyof OAuth2)[] = ['grant_type', 'held_by'];
  return listed.filter((field) => before[field] !== after[field]);
}

/** Keys of the settings that are listed too while the connector holds the application. */
export const reauthorizingSettings = ['client_id', 'client_secret'];

function placesOf(auth: Extract<AuthDefinition, { type: 'api_key' }>): unknown[] {
  return auth.parameters.map(({ key, location, field }) => ({ key, location, field }));
}
