import { problemSentence } from '../problems/describe-problem.ts';
import { createSignal, type ReadableSignal } from './signals.ts';

/** A short message at the lower right, with at most one action. */
export interface Toast {
  readonly id: number;
  readonly tone: 'success' | 'danger' | 'neutral';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** How long a toast stays, in ms. One that reports an error or offers an action stays until it is closed or acted on. */
const stayMs = 6_000;

/** The toasts on screen. */
export interface ToastStore {
  readonly toasts: ReadableSignal<readonly Toast[]>;
  show(text: string, options?: Pick<Partial<Toast>, 'tone' | 'action'>): void;
  /** Shows an error in the words of the catalogue. */
  showProblem(error: unknown): void;
  close(id: number): void;
}

/** Makes an empty store; at most four toasts are kept. */
export function createToastStore(): ToastStore {
  const toasts = createSignal<readonly Toast[]>([]);
  let lastId = 0;
  const close = (id: number): void => {
    toasts.set(toasts.get().filter((toast) => toast.id !== id));
  };
  const show: ToastStore['show'] = (text, options = {}) => {
    const id = ++lastId;
    const toast: Toast = { id, text, tone: 'success', ...options };
    toasts.set([...toasts.get(), toast].slice(-4));
    if (toast.tone === 'danger' || toast.action !== undefined) return;
    setTimeout(() => {
      close(id);
    }, stayMs);
  };
  return {
    toasts,
    show,
    showProblem(error) {
      show(problemSentence(error), { tone: 'danger' });
    },
    close,
  };
}
