import type { DecodePayload } from '@patchbay/interpreter';
import type { Client } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';

/** Decodes single payloads with the codecs of a client. */
export function createPayloadDecoder(client: Client): DecodePayload {
  const codecs = [...client.options.loadedDataConverter.payloadCodecs].reverse();
  return async (payload) => {
    let payloads: Payload[] = [payload];
    for (const codec of codecs) payloads = await codec.decode(payloads);
    const [plain] = payloads;
    return plain && defaultPayloadConverter.fromPayload(plain);
  };
}
