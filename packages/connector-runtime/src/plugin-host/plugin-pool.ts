import { AppError } from '@patchbay/errors';
import type { EgressPolicy } from '../egress/allow-list.ts';
import type { RuntimeLimits } from '../runtime-limits.ts';
import { startPluginProcess, type PluginProcess } from './plugin-process.ts';

/** Who shares a process: one tenant, one trust class, one folder of plugins. */
export interface PoolKey {
  readonly tenantId: string;
  readonly trustClass: string;
  readonly pluginDir: string;
  /** One package alone, which may also read the files of its tenant. */
  readonly own?: { readonly package: string; readonly filesRoot: string };
}

/** The plugin hosts of an installation. */
export interface PluginPool {
  /** The process for a key, started when there is none. Throws `service_unavailable` when all are busy. */
  acquire(key: PoolKey): PooledProcess;
  close(): Promise<void>;
}

/** A process that does not end by idleness until it is released. */
export interface PooledProcess {
  readonly process: PluginProcess;
  readonly release: () => void;
}

interface Slot {
  readonly process: PluginProcess;
  users: number;
  lastUsed: number;
  idleTimer?: NodeJS.Timeout;
}

/** Makes a pool of at most `limits.maxHosts` processes. */
export function createPluginPool(options: { egress: EgressPolicy; limits: RuntimeLimits }): PluginPool {
  const { egress, limits } = options;
  const slots = new Map<string, Slot>();
  let uses = 0;

  function open(name: string, { pluginDir, own }: PoolKey): Slot {
    makeRoom();
    const slot: Slot = {
      users: 0,
      lastUsed: 0,
      process: startPluginProcess({
        pluginDir,
        ...(own !== undefined && { filesRoot: own.filesRoot }),
        egress,
        limits,
        onExit: () => {
          clearTimeout(slot.idleTimer);
          if (slots.get(name) === slot) slots.delete(name);
        },
      }),
    };
    slots.set(name, slot);
    return slot;
  }

  function makeRoom(): void {
    if (slots.size >= limits.maxHosts) end(...findLongestIdle(slots));
  }

  function end(name: string, slot: Slot): void {
    slots.delete(name);
    clearTimeout(slot.idleTimer);
    void slot.process.stop();
  }

  return {
    acquire: (key) => {
      const { tenantId, trustClass, pluginDir, own } = key;
      const name = JSON.stringify([tenantId, trustClass, pluginDir, own?.package, own?.filesRoot]);
      const slot = slots.get(name) ?? open(name, key);
      clearTimeout(slot.idleTimer);
      slot.users += 1;
      slot.lastUsed = uses++;
      const release = (): void => {
        slot.users -= 1;
        if (slot.users > 0 || slots.get(name) !== slot) return;
        slot.idleTimer = setTimeout(() => end(name, slot), limits.idleHostMs).unref();
      };
      return { process: slot.process, release };
    },
    close: async () => {
      const all = [...slots.values()];
      slots.clear();
      for (const slot of all) clearTimeout(slot.idleTimer);
      await Promise.all(all.map((slot) => slot.process.stop()));
    },
  };
}

function findLongestIdle(slots: ReadonlyMap<string, Slot>): [string, Slot] {
  const idle = [...slots].filter(([, slot]) => slot.users === 0);
  const found = idle.toSorted(([, left], [, right]) => left.lastUsed - right.lastUsed)[0];
  if (found !== undefined) return found;
  throw new AppError('service_unavailable', {
    message: 'All connector processes are busy.',
    details: { wasSent: false },
  });
}
