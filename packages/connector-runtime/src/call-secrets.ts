import { isSensitiveField, selectAuthScheme, type AuthScheme } from '@patchbay/manifest';
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
  return {
    scheme,
    values,
    openValues: Object.fromEntries(Object.entries(values).filter((entry) => !isSecret(entry))),
    secrets: secrets.filter((secret) => secret !== ''),
  };
}
