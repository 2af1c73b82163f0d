import type { ApiClient, Run } from '@patchbay/api-contract/client';
import { runEventsPath } from '@patchbay/api-contract/client';
import { createSignal, type ReadableSignal } from '../../store/signals.ts';
import { isOver } from '../../run-view/timeline-rows.ts';

/** A run that is followed while it goes on. */
export interface RunWatch {
  readonly run: ReadableSignal<Run | undefined>;
  readonly problem: ReadableSignal<unknown>;
  stop(): void;
}

const retryMs = 1_500;

/** Reads a run and follows its events until it has ended; reads again when the stream breaks. */
export function watchRun(api: ApiClient, id: string): RunWatch {
  const run = createSignal<Run | undefined>(undefined);
  const problem = createSignal<unknown>(undefined);
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  let frame = 0;
  let latest: Run | undefined;

  const stop = (): void => {
    isStopped = true;
    source?.close();
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
  // Many events can arrive in one frame; the page is drawn for the last of them.
  const show = (next: Run): void => {
    latest = next;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      if (latest !== undefined && !isStopped) run.set(latest);
    });
  };
  const read = async (): Promise<void> => {
    try {
      const next = (await api.call('getRun', { params: { id } }))._source;
      if (isStopped) return;
      problem.set(undefined);
      run.set(next);
      if (!isOver(next)) listen();
    } catch (error) {
      if (!isStopped) problem.set(error);
    }
  };
  const listen = (): void => {
    source?.close();
    source = new EventSource(runEventsPath.replace(':id', encodeURIComponent(id)));
    source.addEventListener('run', (event: MessageEvent<string>) => {
      show(JSON.parse(event.data) as Run);
    });
    source.addEventListener('end', () => {
      source?.close();
      void read();
    });
    source.addEventListener('error', () => {
      source?.close();
      if (!isStopped) timer = setTimeout(() => void read(), retryMs);
    });
  };
  void read();
  return { run, problem, stop };
}
