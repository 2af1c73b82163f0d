/** How often a tenant that somebody watches is looked at. */
const lookMs = 1_000;

/** What the feed asks: a text that changes when runs do. */
export type RunMark = (tenantId: string) => Promise<string>;

interface Watched {
  readonly listeners: Set<() => void>;
  readonly timer: ReturnType<typeof setInterval>;
}

/**
 * Tells when the runs of a tenant change. Workers write runs too, so the database is asked: once a second for each
 * tenant that somebody watches, however many they are.
 */
export class RunFeed {
  readonly #watched = new Map<string, Watched>();
  readonly #markOf: RunMark;
  readonly #onError: (error: unknown) => void;

  constructor(markOf: RunMark, onError: (error: unknown) => void) {
    this.#markOf = markOf;
    this.#onError = onError;
  }

  /** Calls the listener at each change until the returned function is called. */
  subscribe(tenantId: string, listener: () => void): () => void {
    const known = this.#watched.get(tenantId) ?? this.#watch(tenantId);
    known.listeners.add(listener);
    return () => {
      known.listeners.delete(listener);
      if (known.listeners.size > 0) return;
      clearInterval(known.timer);
      if (this.#watched.get(tenantId) === known) this.#watched.delete(tenantId);
    };
  }

  #watch(tenantId: string): Watched {
    const listeners = new Set<() => void>();
    let last: string | undefined;
    let isLooking = false;
    const look = async (): Promise<void> => {
      if (isLooking) return;
      isLooking = true;
      try {
        const mark = await this.#markOf(tenantId);
        if (last !== undefined && mark !== last) for (const listener of listeners) listener();
        last = mark;
      } catch (error) {
        this.#onError(error);
      } finally {
        isLooking = false;
      }
    };
    void look();
    const watched = { listeners, timer: setInterval(() => void look(), lookMs) };
    this.#watched.set(tenantId, watched);
    return watched;
  }
}
