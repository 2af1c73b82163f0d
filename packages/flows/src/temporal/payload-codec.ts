import { createCipheriv, createDecipheriv, createSecretKey, randomFillSync, type KeyObject } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import proto from '@temporalio/proto';
import { AppError } from '@patchbay/errors';

/** A tenant's data key. */
export interface PayloadKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** Where the codec gets its keys. */
export interface PayloadCodecOptions {
  /** Key to encrypt with, or the one of that id to decrypt with. */
  readonly keyFor: (tenantId: string, keyId?: string) => Promise<PayloadKey>;
}

const encoding = 'binary/patchbay-aes-256-gcm';
const compressAboveBytes = 4 * 1024;
const ivBytes = 12;
const tagBytes = 16;
const PayloadMessage = proto.temporal.api.common.v1.Payload;
const text = new TextDecoder();
const bytes = new TextEncoder();
const encodingBytes = bytes.encode(encoding);
const gzipBytes = bytes.encode('gzip');

/**
 * Encrypts what Temporal stores. The tenant is the first part of the workflow id; a payload without a workflow (there is
 * none today) stays as it is. Compressed above 4 KiB, because encrypted data does not compress any more.
 */
export function createPayloadCodec(options: PayloadCodecOptions): PayloadCodec {
  return {
    async encode(payloads, context) {
      const tenantId = tenantOf(context);
      if (tenantId === undefined || payloads.length === 0) return payloads;
      const key = await options.keyFor(tenantId);
      return payloads.map((payload) => seal(payload, tenantId, key));
    },
    decode: (payloads) => Promise.all(payloads.map((payload) => open(payload, options))),
  };
}

/** The tenant part of a workflow id `<tenantId>/<flowId>/<runId>`. */
function tenantOf(context: SerializationContext | undefined): string | undefined {
  const workflowId = context?.workflowId;
  const end = workflowId?.indexOf('/') ?? -1;
  return end > 0 ? workflowId?.slice(0, end) : undefined;
}

/** Keys as the cipher takes them: raw bytes cost more than the encryption of a small payload. */
const cipherKeys = new WeakMap<Uint8Array, KeyObject>();

function cipherKey(key: Uint8Array): KeyObject {
  const known = cipherKeys.get(key);
  if (known) return known;
  const made = createSecretKey(key);
  cipherKeys.set(key, made);
  return made;
}

/** Random bytes on stock: one call of the generator for many payloads. Every slice is used once. */
const ivStock = Buffer.alloc(ivBytes * 256);
let ivsUsed = ivStock.length;

function nextIv(): Uint8Array {
  if (ivsUsed === ivStock.length) {
    randomFillSync(ivStock);
    ivsUsed = 0;
  }
  ivsUsed += ivBytes;
  return ivStock.subarray(ivsUsed - ivBytes, ivsUsed);
}

function seal(payload: Payload, tenantId: string, { id, key }: PayloadKey): Payload {
  const plain = PayloadMessage.encode(payload).finish();
  const isCompressed = plain.length > compressAboveBytes;
  const iv = nextIv();
  const tenant = bytes.encode(tenantId);
  const cipher = createCipheriv('aes-256-gcm', cipherKey(key), iv).setAAD(tenant);
  const body = cipher.update(isCompressed ? gzipSync(plain, { level: 3 }) : plain);
  const metadata = { encoding: encodingBytes, tenant, key: bytes.encode(id) };
  return {
    metadata: isCompressed ? { ...metadata, compression: gzipBytes } : metadata,
    // The initialisation vector is copied here, before its slice is filled anew.
    data: Buffer.concat([iv, body, cipher.final(), cipher.getAuthTag()]),
  };
}

/** Whether the payload is one of ours, without making text of what is not. */
function isSealed(mark: Uint8Array | null | undefined): boolean {
  return mark?.length === encodingBytes.length && Buffer.compare(mark, encodingBytes) === 0;
}

async function open(payload: Payload, options: PayloadCodecOptions): Promise<Payload> {
  const metadata = payload.metadata ?? {};
  const data = payload.data;
  if (!data || !isSealed(metadata['encoding'])) return payload;
  const tenant = metadata['tenant'] ?? new Uint8Array();
  const { key } = await options.keyFor(text.decode(tenant), text.decode(metadata['key']));
  try {
    const decipher = createDecipheriv('aes-256-gcm', cipherKey(key), data.subarray(0, ivBytes)).setAAD(tenant);
    decipher.setAuthTag(data.subarray(data.length - tagBytes));
    const body = Buffer.concat([decipher.update(data.subarray(ivBytes, data.length - tagBytes)), decipher.final()]);
    return PayloadMessage.decode(metadata['compression'] ? gunzipSync(body) : body);
  } catch (cause) {
    throw new AppError('secret_unreadable', { message: 'A workflow payload cannot be decrypted.', cause });
  }
}
