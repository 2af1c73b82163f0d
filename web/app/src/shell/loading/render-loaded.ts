import { TaskStatus, type Task } from '@lit/task';
import { html, type TemplateResult } from 'lit';
import '../../ui/error/error.ts';
import '../../ui/skeleton/skeleton.ts';

/** How a loaded thing is shown. */
export interface LoadedView<Value> {
  /** What is loaded, in the plural where it is a list; used in the error text. */
  readonly subject: string;
  readonly skeleton?: TemplateResult;
  readonly complete: (value: Value) => unknown;
}

/** Skeleton at first, then the value; while it loads again the last value stays. An error replaces it only if there is none. */
export function renderLoaded<Value>(task: Task<readonly unknown[], Value>, view: LoadedView<Value>): unknown {
  const { value, status } = task;
  if (status === TaskStatus.ERROR) {
    return html`<pb-error .error=${task.error} .subject=${view.subject} @pb-retry=${() => void task.run()}></pb-error>`;
  }
  if (value !== undefined) return view.complete(value);
  return view.skeleton ?? html`<pb-skeleton></pb-skeleton>`;
}
