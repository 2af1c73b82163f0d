import type { AppError } from '@patchbay/errors';
import type { HostMessage } from './protocol.ts';

/** The last word of a plugin host on a call. */
export type CallEnd = Extract<HostMessage, { type: 'result' | 'failure' }>;

/** What a plugin host reports during a call. */
export interface CallEvents {
  onLog(message: Extract<HostMessage, { type: 'log' }>): void;
  onHeartbeat(): void;
}

/** The calls under way in one plugin host. */
export interface CallTable {
  readonly size: number;
  /** Registers a call; `end` settles with its result, or rejects by `rejectAll`. */
  add(events: CallEvents): { readonly id: number; readonly end: Promise<CallEnd> };
  /** Gives a message to its call; one for a call that is no more is dropped. */
  receive(message: Exclude<HostMessage, { type: 'ready' }>): void;
  rejectAll(error: AppError): void;
}

interface Entry {
  readonly events: CallEvents;
  readonly settle: PromiseWithResolvers<CallEnd>;
}

/** Makes an empty table. */
export function createCallTable(): CallTable {
  const entries = new Map<number, Entry>();
  let nextId = 1;
  return {
    get size() {
      return entries.size;
    },
    add: (events) => {
      const id = nextId++;
      const settle = Promise.withResolvers<CallEnd>();
      entries.set(id, { events, settle });
      return { id, end: settle.promise };
    },
    receive: (message) => {
      const entry = entries.get(message.id);
      if (message.type === 'log') {
        entry?.events.onLog(message);
      } else if (message.type === 'heartbeat') {
        entry?.events.onHeartbeat();
      } else {
        entries.delete(message.id);
        entry?.settle.resolve(message);
      }
    },
    rejectAll: (error) => {
      for (const { settle } of entries.values()) settle.reject(error);
      entries.clear();
    },
  };
}
