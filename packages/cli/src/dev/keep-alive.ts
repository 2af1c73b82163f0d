import { setTimeout as delay } from 'node:timers/promises';

/** A service that tells when it has ended. */
export interface Service {
  /** Settles when it has ended, for whatever reason. */
  readonly exited: Promise<number | string>;
  stop(): Promise<void>;
}

/** How to keep a service up. */
export interface KeepAliveOptions<Kind extends Service> {
  readonly name: string;
  readonly start: () => Promise<Kind>;
  readonly note: (text: string) => void;
}

/** A service that is started again when it ends by itself. `first` is how it came up the first time. */
export interface KeptAlive<Kind extends Service> {
  readonly first: Kind;
  stop(): Promise<void>;
}

const retryDelayMs = 500;

/** Starts a service and starts it again each time it ends without having been told to. */
export async function keepAlive<Kind extends Service>(options: KeepAliveOptions<Kind>): Promise<KeptAlive<Kind>> {
  const first = await options.start();
  const state = { isStopping: false, current: first as Kind | undefined };
  const watching = watch(options, state);
  return {
    first,
    stop: async () => {
      state.isStopping = true;
      await state.current?.stop();
      await watching;
    },
  };
}

async function watch<Kind extends Service>(
  options: KeepAliveOptions<Kind>,
  state: { isStopping: boolean; current: Kind | undefined },
): Promise<void> {
  for (;;) {
    const reason = await (state.current?.exited ?? delay(retryDelayMs).then(() => 'it did not start'));
    if (isStopping(state)) return;
    options.note(`${options.name} ended (${reason}); starting it again`);
    state.current = await options.start().catch(() => undefined);
    if (isStopping(state)) {
      await state.current?.stop();
      return;
    }
  }
}

/** Read anew each time: `stop` changes it while `watch` waits. */
const isStopping = (state: { isStopping: boolean }): boolean => state.isStopping;
