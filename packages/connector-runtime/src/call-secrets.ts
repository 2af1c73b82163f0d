import { AppError } from '@patchbay/errors';
import { isSensitiveField, selectAuthScheme, type AuthScheme } from '@patchbay/manifest';
import { accessTokenField } from './http/authorizer.ts';
import type { OperationCall } from './operation-call.ts';

/** The values of a connection, sorted by who may see them. */
export interface CallSecrets {
  readonly scheme: AuthScheme | undefined;
  /** All values, with the defaults of the scheme. */
  readonly values: Readonly<Record<string, string>>;
  /** Those that are no secrets. */
  readonly openValues: Readonly<Record<string, string>>;
  /** What must be masked everywhere. */
  readonly secrets: readonly string[];
}

/** Sorts the values of the connection of a call. */
export function sortSecrets(call: OperationCall): CallSecrets {
  const given = { ...call.connection?.config, ...call.credentials };
  const scheme = selectAuthScheme(call.manifest, given, call.connection?.authType);
  const defaults = (scheme?.fields ?? []).flatMap((field): [string, string][] =>
    field.default === undefined || (Object.hasOwn(given, field.name) && given[field.name] !== '')
      ? []
      : [[field.name, field.default]],
  );
  const values = { ...given, ...Object.fromEntries(defaults) };
  const isSecret = ([name]: [string, string]): boolean => isSensitiveField(call.manifest, name);
  const secrets = Object.entries(values)
    .filter(isSecret)
    .map(([, value]) => value);
  if (scheme?.type === 'basic')
    secrets.push(`${values[scheme.usernameField] ?? ''}:${values[scheme.passwordField] ?? ''}`);
  if (scheme?.type === 'oauth2') secrets.push(values[accessTokenField] ?? '');
  return {
    scheme,
    values,
    openValues: Object.fromEntries(Object.entries(values).filter((entry) => !isSecret(entry))),
    secrets: secrets.filter((secret) => secret !== ''),
  };
}

/**
 * Refuses a call whose connection is missing or lacks a required field. Without this a driver would fall back to its own
 * defaults, such as a server on this machine. Throws `connection_required`, `connection_auth_mismatch` or
 * `credentials_incomplete` with `details.missing`.
 */
export function assertComplete(call: OperationCall, { scheme, values }: CallSecrets): void {
  const authType = call.connection?.authType;
  if (scheme === undefined && authType !== undefined) {
    throw new AppError('connection_auth_mismatch', {
      message: `${call.manifest.name} does not sign in by "${authType}".`,
      details: { wasSent: false },
    });
  }
  if (scheme === undefined && Object.keys(values).length === 0) {
    throw new AppError('connection_required', { details: { wasSent: false } });
  }
  const missing = missingFields(scheme ?? call.manifest.auth[0], values);
  if (missing.length === 0) return;
  throw new AppError('credentials_incomplete', {
    message: `The connection has no value for ${missing.map((name) => `"${name}"`).join(', ')}.`,
    details: { missing, wasSent: false },
  });
}

function missingFields(scheme: AuthScheme | undefined, values: Readonly<Record<string, string>>): string[] {
  const required = (scheme?.fields ?? []).filter((field) => field.required).map((field) => field.name);
  if (scheme?.type === 'oauth2') required.push(accessTokenField);
  return required.filter((name) => isEmpty(values, name));
}

function isEmpty(values: Readonly<Record<string, string>>, name: string): boolean {
  return !Object.hasOwn(values, name) || values[name] === '';
}
