import type { ReactiveControllerHost } from 'lit';
import type { ApiClient, Run, RouteResponse } from '@patchbay/api-contract/client';

/** When one attempt of an operation ran, and how it ended. */
export type AttemptTime = Pick<
  RouteResponse<'getRunStep'>['_source']['attemptLog'][number],
  'number' | 'state' | 'started' | 'ended'
>;

/** Logs of so many steps are read for one run: a timeline of thousands of retries helps nobody. */
const mostSteps = 30;

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
      void this.#read(api, { id: run.id, path });
    }
    return this.#times;
  }

  async #read(api: ApiClient, { id, path }: { id: string; path: string }): Promise<void> {
    try {
      const { attemptLog } = (await api.call('getRunStep', { params: { id }, query: { path } }))._source;
      this.#times = new Map([...this.#times, [path, attemptLog]]);
      this.#host.requestUpdate();
    } catch {
      // The timeline shows one bar for the step, as if it had one attempt; its details say what is wrong.
    }
  }
}
