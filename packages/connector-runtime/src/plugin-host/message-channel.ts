import type { Duplex } from 'node:stream';

/** Sends and receives JSON messages over a stream: four bytes of length, then UTF-8 JSON. */
export interface MessageChannel {
  send(message: unknown): void;
  close(): void;
}

/** What a channel reports. */
export interface ChannelEvents {
  readonly onMessage: (message: unknown) => void;
  /** A frame larger than allowed, or bytes that are no JSON. No message follows. */
  readonly onBroken: (reason: string) => void;
  /** The stream is over; may be called twice. */
  readonly onEnd: () => void;
}

const lengthBytes = 4;

/**
 * Opens a channel. The length comes first so that a frame that is too large is refused before it is read: a hostile
 * peer costs at most `maxFrameBytes` of memory.
 */
export function openChannel(stream: Duplex, maxFrameBytes: number, events: ChannelEvents): MessageChannel {
  const reader = createFrameReader(maxFrameBytes);
  let isBroken = false;
  stream.on('data', (chunk: Buffer) => {
    if (isBroken) return;
    try {
      for (const frame of reader.push(chunk)) events.onMessage(JSON.parse(frame.toString('utf8')));
    } catch (error) {
      isBroken = true;
      events.onBroken(error instanceof SyntaxError ? 'a message that is no JSON' : String(error));
    }
  });
  stream.on('end', events.onEnd);
  stream.on('close', events.onEnd);
  // A broken pipe is followed by close; the error itself says nothing more.
  stream.on('error', () => undefined);
  return {
    send: (message) => {
      const body = Buffer.from(JSON.stringify(message));
      const head = Buffer.allocUnsafe(lengthBytes);
      head.writeUInt32BE(body.length);
      stream.write(Buffer.concat([head, body]));
    },
    close: () => {
      stream.destroy();
    },
  };
}

/** Cuts a byte stream into frames. `push` throws a RangeError for a frame that is too large. */
function createFrameReader(maxFrameBytes: number): { push(chunk: Buffer): Generator<Buffer> } {
  let chunks: Buffer[] = [];
  let buffered = 0;
  let wanted = lengthBytes;

  function take(): Buffer {
    const [only] = chunks;
    const joined = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
    chunks = [joined];
    return joined;
  }

  function* push(chunk: Buffer): Generator<Buffer> {
    chunks.push(chunk);
    buffered += chunk.length;
    // Chunks are joined only when a frame can be whole, so that a large frame is copied once.
    while (buffered >= wanted) {
      const joined = take();
      const size = joined.readUInt32BE(0);
      if (size > maxFrameBytes) throw new RangeError(`a message of ${String(size)} bytes`);
      wanted = lengthBytes + size;
      if (buffered < wanted) return;
      chunks = [joined.subarray(wanted)];
      buffered -= wanted;
      const frame = joined.subarray(lengthBytes, wanted);
      wanted = lengthBytes;
      yield frame;
    }
  }

  return { push };
}
