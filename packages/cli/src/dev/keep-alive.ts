import { setTimeout as delay } from 'node:timers/promises';
import { toAppError } from '@patchbay/errors';

/** A service that tells when it has ended. */
export interface Service {
  /** Where clients reach it; they keep the address of the first start. */
  readonly port: number;
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
  const watching = watch(options, state, first.port);
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
  port: number,
): Promise<void> {
  for (;;) {
    const reason = await (state.current?.exited ?? delay(retryDelayMs).then(() => 'it did not start'));
    if (isStopping(state)) return;
    options.note(`${options.name} ended (${reason}); starting it again`);
    state.current = await startAgain(options, port);
    if (isStopping(state)) {
      await state.current?.stop();
      return;
    }
  }
}

/** Server and worker know only the first port: on another one the service is as good as down, so it is tried again. */
async function startAgain<Kind extends Service>(
  options: KeepAliveOptions<Kind>,
  port: number,
): Promise<Kind | undefined> {
  try {
    const service = await options.start();
    if (service.port === port) return service;
    options.note(`${options.name} came up on port ${service.port} because ${port} was taken; trying again`);
    await service.stop();
  } catch (thrown) {
    options.note(`${options.name} did not start: ${toAppError(thrown).message}`);
  }
  return undefined;
}

/** Read anew each time: `stop` changes it while `watch` waits. */
const isStopping = (state: { isStopping: boolean }): boolean => state.isStopping;
