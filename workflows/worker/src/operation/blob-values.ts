/** Large values on their way into and out of an operation. */
import { AppError } from '@patchbay/errors';
import { inlineLimitBytes, isBlobReference, type BlobStore } from '@patchbay/flows';
import type { OperationCall } from '@patchbay/interpreter';

type JsonValue = OperationCall['input'][string];

/** Largest value a workflow may hold, because a formula looks into it. */
const workflowLimitBytes = 1_024 * 1_024;

/** A store bound to its tenant. */
export interface TenantBlobs {
  readonly store: BlobStore;
  readonly tenantId: string;
}

/** The value with every reference in it replaced by what it stands for. */
export async function resolveReferences(blobs: TenantBlobs, value: JsonValue): Promise<JsonValue> {
  if (typeof value !== 'object' || value === null || !hasReference(value)) return value;
  if (isBlobReference(value)) return blobs.store.get(blobs.tenantId, value);
  if (Array.isArray(value)) return Promise.all(value.map((item) => resolveReferences(blobs, item)));
  const members = Object.entries(value);
  const resolved = members.map(async ([key, member]) => [key, await resolveReferences(blobs, member)] as const);
  return Object.fromEntries(await Promise.all(resolved));
}

function hasReference(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.hasOwn(value, '$ref')) return true;
  for (const member of Object.values(value)) {
    if (hasReference(member)) return true;
  }
  return false;
}

/** Puts a large output aside, unless formulas need it. Throws `response_too_large` if they do and it is above 1 MiB. */
export async function keepOutput(blobs: TenantBlobs, output: JsonValue, isNeeded: boolean): Promise<JsonValue> {
  const text = JSON.stringify(output);
  if (text.length * 3 <= inlineLimitBytes) return output;
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes <= inlineLimitBytes || (isNeeded && sizeBytes <= workflowLimitBytes)) return output;
  if (!isNeeded) return { ...(await blobs.store.put(blobs.tenantId, output)) };
  throw new AppError('response_too_large', {
    message: `The answer has ${String(sizeBytes)} bytes; formulas can read answers up to ${String(workflowLimitBytes)}.`,
    hint: 'Ask for less, page the request, or hand the answer on as a whole.',
    details: { sizeBytes, limitBytes: workflowLimitBytes },
  });
}
