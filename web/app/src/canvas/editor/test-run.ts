import type { Run } from '@patchbay/api-contract/client';
import type { JsonValue } from '@patchbay/flow-model';
import type { AppContext } from '../../shell/app-context.ts';
import { isOver } from '../../run-view/timeline-rows.ts';
import type { SeenData } from '../../step-panel/step-scope.ts';
import type { FlowSession } from './flow-session.ts';
import { watchRun, type RunWatch } from './run-watch.ts';

/** What a test run tells the page. */
export interface TestRunHost {
  readonly onChange: () => void;
  /** Outputs of steps, for previews. */
  readonly onSeen: (seen: SeenData) => void;
}

/** Starts test runs of the draft, follows them, and collects what the steps gave. */
export class TestRun {
  readonly #app: AppContext;
  readonly #session: FlowSession;
  readonly #host: TestRunHost;
  #watch: RunWatch | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  run: Run | undefined;
  isStarting = false;
  #shownAt = -1;

  constructor(app: AppContext, session: FlowSession, host: TestRunHost) {
    this.#app = app;
    this.#session = session;
    this.#host = host;
  }

  /** The canvas shows the run; any edit goes back to editing. */
  get isShown(): boolean {
    return this.#shownAt === this.#session.state.get().changes;
  }

  /** Saves the draft, starts the run and follows it. */
  async start(input: JsonValue): Promise<void> {
    if (this.isStarting) return;
    this.isStarting = true;
    this.#host.onChange();
    try {
      if (!(await this.#session.autosave.flush())) {
        this.#app.toasts.show('The draft could not be saved, so no test was started.', { tone: 'danger' });
        return;
      }
      const { _id } = await this.#app.api.call('startRun', {
        body: { flowId: this.#session.id, version: 'draft', input },
      });
      this.#follow(_id);
      this.#host.onSeen({ trigger: input });
      this.#app.announcer.announce('Test run started');
    } catch (error) {
      this.#app.toasts.showProblem(error);
    } finally {
      this.isStarting = false;
      this.#host.onChange();
    }
  }

  /** Takes the data of a run that has ended for previews, without painting it. */
  async recall(id: string): Promise<void> {
    try {
      const { api } = this.#app;
      const [run, trigger] = await Promise.all([
        api.call('getRun', { params: { id } }),
        api.call('getRunStep', { params: { id }, query: { path: 'trigger' } }),
      ]);
      this.#host.onSeen({ trigger: trigger._source.output as JsonValue });
      await this.#collect(run._source);
    } catch (error) {
      this.#app.toasts.showProblem(error);
    }
  }

  hide(): void {
    this.#shownAt = -1;
    this.#host.onChange();
  }

  stop(): void {
    this.#watch?.stop();
    clearInterval(this.#timer);
  }

  #follow(id: string): void {
    this.stop();
    this.run = undefined;
    this.#shownAt = this.#session.state.get().changes;
    const watch = watchRun(this.#app.api, id);
    this.#watch = watch;
    this.#timer = setInterval(() => {
      const next = watch.run.get();
      if (next === undefined || next === this.run) return;
      this.run = next;
      this.#host.onChange();
      if (!isOver(next)) return;
      clearInterval(this.#timer);
      this.#app.announcer.announce(
        next.state === 'succeeded' ? 'Test run succeeded' : `Test run ${next.state}: ${next.failedStep ?? ''}`,
      );
      void this.#collect(next);
    }, 60);
  }

  /** Reads what the steps gave; steps in loops are left out, their data depends on the item. */
  async #collect(run: Run): Promise<void> {
    const steps = run.steps.filter((step) => step.state === 'succeeded' && !step.path.includes('['));
    const entries = await Promise.all(
      steps.slice(0, 60).map(async (step) => {
        const data = await this.#app.api
          .call('getRunStep', { params: { id: run.id }, query: { path: step.path } })
          .catch(() => undefined);
        return data?._source.output === undefined ? [] : [[step.key, data._source.output as JsonValue] as const];
      }),
    );
    this.#host.onSeen(Object.fromEntries(entries.flat()));
  }
}
