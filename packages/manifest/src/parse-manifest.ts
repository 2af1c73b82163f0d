import { AppError, type FieldProblem } from '@patchbay/errors';
import { checkManifest, maxManifestBytes } from './check-manifest.ts';
import { ConnectorManifestSchema, type ConnectorManifest } from './connector-manifest.ts';
import { toPointer } from './json-pointer.ts';

/**
 * Reads a manifest from untrusted JSON: fills defaults, makes every password sensitive and checks all rules.
 * Throws `manifest_invalid` with every problem in `details.problems`.
 */
export function parseManifest(json: unknown): ConnectorManifest {
  const parsed = ConnectorManifestSchema.safeParse(checkSize(json));
  if (!parsed.success) {
    throw manifestInvalid(
      parsed.error.issues.map((issue) => ({ path: toPointer(issue.path), message: issue.message })),
    );
  }
  const manifest = normalizeManifest(parsed.data);
  const problems = checkManifest(manifest);
  if (problems.length > 0) throw manifestInvalid(problems);
  return manifest;
}

function checkSize(json: unknown): unknown {
  const text = serialize(json);
  if (text === undefined) throw manifestInvalid([{ path: '', message: 'The manifest must be JSON.' }]);
  if (text.length > maxManifestBytes) {
    throw manifestInvalid([{ path: '', message: `The manifest is larger than ${String(maxManifestBytes)} bytes.` }]);
  }
  if (text.includes('"__proto__":')) throw manifestInvalid([{ path: '', message: 'A key may not be __proto__.' }]);
  return json;
}

/** JSON text, or undefined for what is no JSON (cycles, undefined, too deep to walk). */
function serialize(json: unknown): string | undefined {
  try {
    return JSON.stringify(json);
  } catch {
    return undefined;
  }
}

function normalizeManifest(manifest: ConnectorManifest): ConnectorManifest {
  const auth = manifest.auth.map((scheme) => ({
    ...scheme,
    fields: scheme.fields.map((field) => ({ ...field, sensitive: field.sensitive || field.type === 'password' })),
  }));
  return { ...manifest, auth };
}

function manifestInvalid(problems: readonly FieldProblem[]): AppError {
  const first = problems[0];
  const place = first === undefined || first.path === '' ? '' : `${first.path}: `;
  return new AppError('manifest_invalid', {
    ...(first === undefined ? {} : { message: `The connector manifest is not valid. ${place}${first.message}` }),
    details: { problems },
  });
}
