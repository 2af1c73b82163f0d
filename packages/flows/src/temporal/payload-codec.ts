import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
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

function seal(payload: Payload, tenantId: string, { id, key }: PayloadKey): Payload {
  const plain = PayloadMessage.encode(payload).finish();
  const isCompressed = plain.length > compressAboveBytes;
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bytes.encode(tenantId));
  const body = cipher.update(isCompressed ? gzipSync(plain, { level: 3 }) : plain);
  return {
    metadata: {
      encoding: bytes.encode(encoding),
      tenant: bytes.encode(tenantId),
      key: bytes.encode(id),
      ...(isCompressed && { compression: bytes.encode('gzip') }),
    },
    data: Buffer.concat([iv, body, cipher.final(), cipher.getAuthTag()]),
  };
}

async function open(payload: Payload, options: PayloadCodecOptions): Promise<Payload> {
  const metadata = payload.metadata ?? {};
  const data = payload.data;
  if (!data || text.decode(metadata['encoding']) !== encoding) return payload;
  const tenantId = text.decode(metadata['tenant']);
  const { key } = await options.keyFor(tenantId, text.decode(metadata['key']));
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, ivBytes)).setAAD(bytes.encode(tenantId));
    decipher.setAuthTag(data.subarray(data.length - tagBytes));
    const body = Buffer.concat([decipher.update(data.subarray(ivBytes, data.length - tagBytes)), decipher.final()]);
    return PayloadMessage.decode(metadata['compression'] ? gunzipSync(body) : body);
  } catch (cause) {
    throw new AppError('secret_unreadable', { message: 'A workflow payload cannot be decrypted.', cause });
  }
}
