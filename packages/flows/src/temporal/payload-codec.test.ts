import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type SerializationContext } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { createPayloadCodec, type PayloadKey } from './payload-codec.ts';

const keys = new Map<string, PayloadKey>([
  ['t1', { id: 'k1', key: randomBytes(32) }],
  ['t2', { id: 'k2', key: randomBytes(32) }],
]);
const codec = createPayloadCodec({
  keyFor: (tenantId) => Promise.resolve(keys.get(tenantId) ?? { id: 'none', key: randomBytes(32) }),
});
const contextOf = (tenantId: string): SerializationContext => ({
  type: 'workflow',
  namespace: 'n',
  workflowId: `${tenantId}/flow/run`,
});
const roundTrip = async (value: unknown) => {
  const sealed = await codec.encode([defaultPayloadConverter.toPayload(value)], contextOf('t1'));
  const opened = await codec.decode(sealed);
  return { sealed, opened: opened.map((payload) => defaultPayloadConverter.fromPayload(payload)) };
};

describe('createPayloadCodec', () => {
  it('gives back what went in and shows nothing of it', async () => {
    const { sealed, opened } = await roundTrip({ card: 'planted-4242' });
    expect(opened).toEqual([{ card: 'planted-4242' }]);
    expect(Buffer.from(sealed[0]?.data ?? []).toString('latin1')).not.toContain('planted');
  });

  it('compresses before it encrypts', async () => {
    const value = 'a'.repeat(100_000);
    const { sealed, opened } = await roundTrip(value);
    expect(opened).toEqual([value]);
    expect(sealed[0]?.data?.length).toBeLessThan(2_000);
  });

  it('refuses a payload that was moved to another tenant', async () => {
    const [payload] = await codec.encode([defaultPayloadConverter.toPayload(1)], contextOf('t1'));
    const moved = { ...payload, metadata: { ...payload?.metadata, tenant: Buffer.from('t2') } };
    await expect(codec.decode([moved])).rejects.toMatchObject({ code: 'secret_unreadable' });
  });

  it('leaves payloads alone that it did not make', async () => {
    const plain = defaultPayloadConverter.toPayload('x');
    expect(await codec.decode([plain])).toEqual([plain]);
    expect(await codec.encode([plain])).toEqual([plain]);
  });
});
