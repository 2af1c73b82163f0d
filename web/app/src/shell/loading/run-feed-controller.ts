import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { allRunEventsPath } from '@patchbay/api-contract/client';

/** Changes that come in a burst are one. */
const pauseMs = 250;

/**
 * Calls an action when the runs of the tenant change, while the element is on screen and the page is visible: a hidden
 * tab holds no connection.
 */
export class RunFeedController implements ReactiveController {
  readonly #action: () => void;
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, action: () => void) {
    this.#action = action;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#listen);
    this.#listen();
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#listen);
    this.#stop();
  }

  readonly #listen = (): void => {
    this.#stop();
    if (document.visibilityState !== 'visible') return;
    this.#source = new EventSource(allRunEventsPath);
    this.#source.addEventListener('runs', () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#action();
      }, pauseMs);
    });
  };

  #stop(): void {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
