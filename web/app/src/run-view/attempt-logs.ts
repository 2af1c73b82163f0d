import type { ReactiveControllerHost } from 'lit';
import type { ApiClient, Run, RouteResponse } from '@patchbay/api-contract/client';

/** When one attempt of an operation ran, and how it ended. */
export type AttemptTime = Pick<
  RouteResponse<'getRunStep'>['_source']['attemptLog'][number],
  'number' | 'state' | 'started' | 'ended'
>;

/** Logs of so many steps are read for one run: a timeline of thousands of retries helps nobody. */
const mostSteps = 30;
/** The log of an attempt may be stored a moment after its step has ended: it is asked for again, each time after a longer pause. */
const [mostReads, pauseMs] = [6, 250];

interface Wanted {
  readonly id: string;
  readonly path: string;
  /** How many attempts the run tells of. */
  readonly attempts: number;
}

/** Reads the attempts of the steps that needed more than one, so that the timeline can show each as a bar of its own. */
export class AttemptLogs {
  readonly #host: Pick<ReactiveControllerHost, 'requestUpdate'>;
  readonly #asked = new Set<string>();
  #times: ReadonlyMap<string, readonly AttemptTime[]> = new Map();

  constructor(host: Pick<ReactiveControllerHost, 'requestUpdate'>) {
    this.#host = host;
  }

  /** The attempts that are known by step path; asks for those that are new since. */
  of(api: ApiClient, run: Run): ReadonlyMap<string, readonly AttemptTime[]> {
    for (const { path, attempts, state } of run.steps.filter((step) => step.attempts > 1).slice(0, mostSteps)) {
      const id = `${run.id} ${path} ${attempts} ${state}`;
      if (this.#asked.has(id)) continue;
      this.#asked.add(id);
      void this.#read(api, { id: run.id, path, attempts });
    }
    return this.#times;
  }

  async #read(api: ApiClient, wanted: Wanted, reads = 1): Promise<void> {
    const { id, path, attempts } = wanted;
    try {
      const { attemptLog } = (await api.call('getRunStep', { params: { id }, query: { path } }))._source;
      this.#show(path, attemptLog);
      if (attemptLog.filter(({ ended }) => ended !== undefined).length >= attempts || reads === mostReads) return;
      setTimeout(() => void this.#read(api, wanted, reads + 1), pauseMs * reads);
    } catch {
      // The timeline shows one bar for the step, as if it had one attempt; its details say what is wrong.
    }
  }

  /** An answer that was overtaken by a newer one says less. */
  #show(path: string, log: readonly AttemptTime[]): void {
    if ((this.#times.get(path)?.length ?? 0) > log.length) return;
    this.#times = new Map([...this.#times, [path, log]]);
    this.#host.requestUpdate();
  }
}
