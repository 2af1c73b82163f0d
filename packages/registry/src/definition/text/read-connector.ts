import type { JsonObject } from '@patchbay/manifest';
import { asAuthPatch, authWords, readAuth } from './read-auth.ts';
import { readOperation, readOperations } from './read-operation.ts';
import { readText, unreadable, type ImportText } from './read-text.ts';

/** What a text holds. */
export type ImportedText =
  /** Fields of a connector as the API takes them. */
  | { readonly kind: 'connector'; readonly document: JsonObject }
  /** As a merge patch. */
  | { readonly kind: 'auth'; readonly auth: JsonObject }
  | { readonly kind: 'operation'; readonly operation: JsonObject };

/** Reads a whole connector, only its authentication, or one operation. Throws `import_unreadable`, `import_too_complex`. */
export function readConnectorText(text: ImportText): ImportedText {
  const object = readText(text);
  const keys = Object.keys(object);
  if (keys.length === 0) throw unreadable('It is empty.');
  if ('operation' in object && 'method' in object) return { kind: 'operation', operation: readOperation(object) };
  if ('auth_type' in object && keys.every((key) => authWords.includes(key))) {
    return { kind: 'auth', auth: asAuthPatch(readAuth(object)) };
  }
  return { kind: 'connector', document: readDocument(object) };
}

function readDocument(object: JsonObject): JsonObject {
  const isSeedAuth = 'auth_type' in object;
  const fields = Object.entries(object).filter(([key]) => !isSeedAuth || !authWords.includes(key));
  return {
    ...Object.fromEntries(fields),
    ...(isSeedAuth && { auth_scheme: readAuth(object) }),
    ...('operations' in object && { operations: readOperations(object['operations']) }),
  };
}
