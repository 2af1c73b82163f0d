import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Runs an action again and again while the element is on screen and the page is visible. */
export class PollController implements ReactiveController {
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly everyMs: number;
  private readonly action: () => void;

  constructor(host: ReactiveControllerHost, everyMs: number, action: () => void) {
    this.everyMs = everyMs;
    this.action = action;
    host.addController(this);
  }

  hostConnected(): void {
    this.timer = setInterval(() => {
      if (document.visibilityState === 'visible') this.action();
    }, this.everyMs);
  }

  hostDisconnected(): void {
    clearInterval(this.timer);
  }
}
