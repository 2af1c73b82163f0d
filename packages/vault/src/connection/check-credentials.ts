import { AppError, type FieldProblem } from '@patchbay/errors';
import { selectAuthScheme, toPointer, type AuthScheme, type ConnectorManifest } from '@patchbay/manifest';

/** Credential values by field name, in plain text. Lives in memory only. */
export type CredentialValues = Readonly<Record<string, string>>;

/**
 * The auth scheme that a new connection uses: the one named, the only one, or the one its values fit.
 * Throws `validation_error` at `/authType`.
 */
export function chooseAuthScheme(
  manifest: ConnectorManifest,
  values: CredentialValues,
  authType: string | undefined,
): AuthScheme {
  const only = manifest.auth.length === 1 && authType === undefined ? manifest.auth[0] : undefined;
  const scheme = only ?? selectAuthScheme(manifest, values, authType);
  if (scheme !== undefined) return scheme;
  const message = `One of ${manifest.auth.map((candidate) => candidate.type).join(', ')}.`;
  throw new AppError('validation_error', { details: { fields: [{ path: '/authType', message }] } });
}

/**
 * Fills defaults, drops what was left empty and checks the rest against the credential schema.
 * Throws `validation_error` for fields that do not exist, `credentials_incomplete` with `details.missing`.
 */
export function completeCredentials(scheme: AuthScheme, values: CredentialValues): CredentialValues {
  const known = new Map(scheme.fields.map((field) => [field.name, field]));
  const problems: FieldProblem[] = Object.keys(values)
    .filter((name) => !known.has(name))
    .map((name) => ({ path: toPointer(['credentials', name]), message: 'The connector has no such field.' }));
  if (problems.length > 0) throw new AppError('validation_error', { details: { fields: problems } });
  const filled = scheme.fields.map(
    (field) => [field.name, givenValue(values, field.name) ?? field.default ?? ''] as const,
  );
  const missing = filled.filter(([name, value]) => value === '' && known.get(name)?.required === true);
  if (missing.length > 0) {
    throw new AppError('credentials_incomplete', { details: { missing: missing.map(([name]) => name) } });
  }
  return Object.fromEntries(filled.filter(([, value]) => value !== ''));
}

/**
 * Credentials of a new connection. With nothing given and something required they may come later, so they are not complete then.
 * Throws what {@link completeCredentials} throws.
 */
export function firstCredentials(
  scheme: AuthScheme,
  values: CredentialValues,
): { readonly values: CredentialValues; readonly isComplete: boolean } {
  const isGiven = Object.values(values).some((value) => value !== '');
  const isMissing = scheme.fields.some((field) => field.required && (field.default ?? '') === '');
  if (!isGiven && isMissing) return { values: {}, isComplete: false };
  return { values: completeCredentials(scheme, values), isComplete: true };
}

function givenValue(values: CredentialValues, name: string): string | undefined {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return value === '' ? undefined : value;
}
