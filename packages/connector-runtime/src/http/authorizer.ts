import { AppError } from '@patchbay/errors';
import type { AuthScheme } from '@patchbay/manifest';

/** The parts of a request that credentials are written into. */
export interface AuthorizableRequest {
  readonly url: URL;
  readonly headers: Record<string, string>;
}

/** Puts the credentials of a connection into a request. Throws `credentials_incomplete` when a field is missing. */
export type Authorize = (request: AuthorizableRequest) => void;

/** Where the token of an oauth2 scheme stands beside the credentials: the vault puts a fresh one there for each call. */
export const accessTokenField = 'access_token';

/** Makes the function for a scheme and its values. `none` and `custom` add nothing. */
export function createAuthorizer(scheme: AuthScheme | undefined, values: Readonly<Record<string, string>>): Authorize {
  switch (scheme?.type) {
    case 'api_key': {
      const keys = [scheme, ...(scheme.more ?? [])].map(({ parameter, location, field }) => {
        const key = scheme.prefix + valueOf(values, field);
        return location === 'header'
          ? ({ headers }: AuthorizableRequest) => setHeader(headers, parameter, key)
          : ({ url }: AuthorizableRequest) => setQuery(url, parameter, key);
      });
      return (request) => keys.forEach((put) => put(request));
    }
    case 'basic': {
      const pair = `${valueOf(values, scheme.usernameField)}:${valueOf(values, scheme.passwordField)}`;
      const header = `Basic ${Buffer.from(pair).toString('base64')}`;
      return ({ headers }) => setHeader(headers, 'authorization', header);
    }
    case 'bearer': {
      const header = `Bearer ${valueOf(values, scheme.field)}`;
      return ({ headers }) => setHeader(headers, 'authorization', header);
    }
    case 'oauth2': {
      const header = `Bearer ${valueOf(values, accessTokenField)}`;
      return ({ headers }) => setHeader(headers, 'authorization', header);
    }
    default:
      return () => undefined;
  }
}

/** Sets a query parameter. The rest keeps its spelling, which `searchParams` would write anew: delimiters of lists with it. */
function setQuery(url: URL, name: string, value: string): void {
  const others = url.search.slice(1).split('&');
  const kept = others.filter((part) => part !== '' && !new URLSearchParams(part).has(name));
  url.search = [...kept, `${encodeURIComponent(name)}=${encodeURIComponent(value)}`].join('&');
}

/** Sets a header and removes every other spelling of its name. */
export function setHeader(headers: Record<string, string>, name: string, value: string): void {
  const wanted = name.toLowerCase();
  for (const existing of Object.keys(headers)) {
    if (existing.toLowerCase() === wanted) Reflect.deleteProperty(headers, existing);
  }
  headers[name] = value;
}

/** True if a header of this name is there, however it is spelled. */
export function hasHeader(headers: Readonly<Record<string, string>>, name: string): boolean {
  return Object.keys(headers).some((existing) => existing.toLowerCase() === name.toLowerCase());
}

function valueOf(values: Readonly<Record<string, string>>, field: string): string {
  const value = Object.hasOwn(values, field) ? values[field] : undefined;
  if (value === undefined || value === '') {
    throw new AppError('credentials_incomplete', {
      message: `The connection has no value for "${field}".`,
      details: { missing: [field], wasSent: false },
    });
  }
  return value;
}
