/** What is to be done, and what to do about a failure. */
export interface RepeatedWork {
  readonly work: () => Promise<void>;
  /** Told about each failure; answers after how many ms it is tried again. */
  readonly onFailure: (error: unknown) => number;
}

/** Does something in the background, again after each failure, until it has succeeded once or is stopped. */
export function repeatUntilDone({ work, onFailure }: RepeatedWork): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const start = (): void => {
    work().catch((error: unknown) => {
      if (!isStopped) timer = setTimeout(start, onFailure(error)).unref();
    });
  };
  start();
  return {
    // An attempt that is under way ends with its connection; a server that stops does not wait for a Temporal that is away.
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
