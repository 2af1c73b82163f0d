import type { OpenApiPreview } from '@patchbay/api-contract';
import { AuthDefinitionSchema, type AuthDefinition, type CredentialFieldDefinition } from '@patchbay/manifest';
import type { DocumentSet } from './source/document-set.ts';
import { childOf, childrenOf, objectOf, textAt, type Located } from './source/located.ts';
import { textsOf } from './schema/schema-keywords.ts';
import { toIdentifier } from './operation/operation-names.ts';

/** How the described system is authenticated with. */
export interface Security {
  /** Undefined: there are schemes, but none that we can use. */
  readonly auth: AuthDefinition | undefined;
  readonly alternatives: OpenApiPreview['auth_alternatives'];
}

interface Scheme {
  readonly name: string;
  readonly part: Located;
}

type Read = { readonly auth: AuthDefinition } | { readonly reason: string };

/**
 * The scheme that fits best: the first usable one that the description asks for, API keys that are asked for together as
 * one. All others are named with what keeps them from being taken.
 */
export function readSecurity(documents: DocumentSet): Security {
  const schemes = childrenOf(childOf(childOf(documents.root, 'components'), 'securitySchemes')).flatMap(
    ([name, part]) => {
      const resolved = documents.resolve(part);
      return resolved === undefined ? [] : [{ name, part: resolved }];
    },
  );
  if (schemes.length === 0) return { auth: { type: 'none', credential_schema: [] }, alternatives: [] };
  const requirements = requiredSchemes(documents, schemes);
  const scopes = usedScopes(documents);
  for (const required of requirements) {
    const read =
      required.length === 1 && required[0] ? readScheme(documents, required[0], scopes) : readTogether(required);
    if (!('auth' in read)) continue;
    const others = schemes.filter((scheme) => !required.includes(scheme));
    return { auth: read.auth, alternatives: others.map((scheme) => toAlternative(documents, scheme)) };
  }
  return { auth: undefined, alternatives: schemes.map((scheme) => toAlternative(documents, scheme)) };
}

/** What operations ask for, most frequent first, then every scheme alone. */
function requiredSchemes(documents: DocumentSet, schemes: readonly Scheme[]): Scheme[][] {
  const counts = new Map<string, number>();
  for (const [weight, requirement] of requirementsOf(documents)) {
    const names = Object.keys(requirement).toSorted();
    if (names.length > 0) counts.set(JSON.stringify(names), (counts.get(JSON.stringify(names)) ?? 0) + weight);
  }
  const asked = [...counts]
    .toSorted(([, left], [, right]) => right - left)
    .map(([key]) =>
      (JSON.parse(key) as string[]).flatMap((name) => schemes.find((scheme) => scheme.name === name) ?? []),
    );
  return [...asked.filter((list) => list.length > 0), ...schemes.map((scheme) => [scheme])];
}

/** Requirements of the whole description (which weigh more than any single one) and of each operation. */
function requirementsOf(documents: DocumentSet): [number, Record<string, unknown>][] {
  const lists: [number, Located][] = [[1_000_000, childOf(documents.root, 'security')]];
  for (const [, item] of childrenOf(childOf(documents.root, 'paths'))) {
    for (const [, operation] of childrenOf(item)) lists.push([1, childOf(operation, 'security')]);
  }
  return lists.flatMap(([weight, list]) =>
    Array.isArray(list.value)
      ? childrenOf(list).map(([, one]): [number, Record<string, unknown>] => [weight, objectOf(one.value)])
      : [],
  );
}

/** Scopes that operations ask for, by scheme. */
function usedScopes(documents: DocumentSet): Map<string, string[]> {
  const asked = requirementsOf(documents).flatMap(([, requirement]) => Object.entries(requirement));
  const byScheme = Map.groupBy(asked, ([name]) => name);
  return new Map(
    [...byScheme].map(([name, entries]) => [name, [...new Set(entries.flatMap(([, list]) => textsOf(list)))]]),
  );
}

function readScheme(documents: DocumentSet, scheme: Scheme, scopes: ReadonlyMap<string, readonly string[]>): Read {
  const { part, name } = scheme;
  const type = textAt(part, 'type');
  if (type === 'apiKey') return readTogether([scheme]);
  if (type === 'http') return readHttp(part);
  if (type === 'oauth2') return readOauth(documents, part, scopes.get(name) ?? []);
  if (type === 'openIdConnect')
    return { reason: 'OpenID Connect discovery is not used; enter its addresses as OAuth2.' };
  return { reason: `The type ${(type ?? '?').slice(0, 40)} is not supported.` };
}

function readHttp(part: Located): Read {
  const scheme = (textAt(part, 'scheme') ?? '').toLowerCase();
  if (scheme === 'bearer') return checked({ type: 'bearer', credential_schema: [secret('token', 'Token')] });
  if (scheme !== 'basic') return { reason: `HTTP authentication of the kind ${scheme.slice(0, 40)} is not supported.` };
  const fields = [{ name: 'username', label: 'User name', type: 'string' }, secret('password', 'Password')];
  return checked({ type: 'basic', credential_schema: fields });
}

/** One API key or several that are sent together. */
function readTogether(schemes: readonly Scheme[]): Read {
  const keys = schemes.map(({ name, part }) => ({
    name,
    key: textAt(part, 'name') ?? '',
    in: textAt(part, 'in'),
    part,
  }));
  const wrong = schemes.find(({ part }) => textAt(part, 'type') !== 'apiKey');
  if (wrong !== undefined || keys.length === 0) return { reason: 'It is asked for together with another kind.' };
  if (keys.some((key) => key.in !== 'header' && key.in !== 'query'))
    return { reason: 'A key in a cookie is not supported.' };
  const fieldOf = (name: string): string =>
    keys.length === 1 ? 'api_key' : (toIdentifier(name) ?? 'api_key').slice(0, 60);
  return checked({
    type: 'api_key',
    credential_schema: keys.map(({ name, part }) => ({
      ...secret(fieldOf(name), keys.length === 1 ? 'API key' : name.slice(0, 120)),
      ...helpOf(part),
    })),
    parameters: keys.map(({ name, key, in: location }) => ({ key, location, field: fieldOf(name) })),
  });
}

function readOauth(documents: DocumentSet, part: Located, scopes: readonly string[]): Read {
  const flows = childOf(part, 'flows');
  const client = childOf(flows, 'clientCredentials');
  const code = childOf(flows, 'authorizationCode');
  const flow = code.value === undefined ? client : code;
  if (flow.value === undefined) {
    const names = Object.keys(objectOf(flows.value)).join(', ').slice(0, 80);
    return { reason: `OAuth2 by the flow ${names} is not supported.` };
  }
  const urlAt = (key: string): string | undefined => absolute(documents, textAt(flow, key));
  const urls = {
    authorize_url: flow === code ? urlAt('authorizationUrl') : undefined,
    token_url: urlAt('tokenUrl'),
    refresh_url: urlAt('refreshUrl'),
  };
  return checked({
    type: 'oauth2',
    credential_schema: [
      { name: 'client_id', label: 'Client ID', type: 'string' },
      secret('client_secret', 'Client secret'),
    ],
    grant_type: flow === code ? 'authorization_code' : 'client_credentials',
    ...Object.fromEntries(Object.entries(urls).filter(([, url]) => url !== undefined)),
    oauth_scopes: scopes.slice(0, 200),
  });
}

function absolute(documents: DocumentSet, url: string | undefined): string | undefined {
  const base = documents.root.base;
  const parsed = url === undefined ? null : URL.parse(url, base === '' ? undefined : base);
  return parsed !== null && /^https?:$/.test(parsed.protocol) ? parsed.href : undefined;
}

function secret(name: string, label: string): { name: string; label: string; type: CredentialFieldDefinition['type'] } {
  return { name, label, type: 'password' };
}

function helpOf(part: Located): { help?: string } {
  const description = textAt(part, 'description');
  return description === undefined || description === '' ? {} : { help: description.slice(0, 2_000) };
}

function checked(candidate: unknown): Read {
  const result = AuthDefinitionSchema.safeParse(candidate);
  return result.success ? { auth: result.data } : { reason: 'Its description has a mistake.' };
}

function toAlternative(documents: DocumentSet, scheme: Scheme): OpenApiPreview['auth_alternatives'][number] {
  const read = readScheme(documents, scheme, new Map());
  const type = textAt(scheme.part, 'type') ?? '?';
  const detail = textAt(scheme.part, 'scheme');
  return {
    name: scheme.name.slice(0, 120),
    type: (detail === undefined ? type : `${type} ${detail}`).slice(0, 80),
    note: 'reason' in read ? read.reason : 'Can be chosen in Auth & Credentials.',
  };
}
