import type { Binding, JsonValue } from '@patchbay/flow-model';
import { listBindingReferences } from '@patchbay/flow-model/expression';
import type { SampleValues } from './field-preview.ts';
import type { FromPreviewWorker, ToPreviewWorker } from './preview-messages.ts';

/** The part of a worker that is used here. */
export type PreviewPort = Pick<Worker, 'addEventListener' | 'postMessage' | 'terminate'>;

/** An evaluation that takes longer is stopped. */
const limitMs = 1_000;
/** Samples that the worker keeps. */
const mostSamples = 40;

type Answer = Exclude<FromPreviewWorker, { type: 'ready' }>;

interface Question {
  readonly binding: Binding;
  readonly values: SampleValues;
  readonly wants: 'words' | 'value';
  readonly answer: (answer: Answer) => void;
}

const tooLong = 'This takes too long to show here. Test the step to see its value.';

/** Has bindings evaluated by a worker, one after another, each within a second. The worker starts with the first. */
export class PreviewRunner {
  readonly #start: () => PreviewPort;
  readonly #queue: Question[] = [];
  readonly #samples = new Map<JsonValue, number>();
  #port: PreviewPort | undefined;
  #isReady = false;
  #current: Question | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #nextSample = 1;

  constructor(start: () => PreviewPort) {
    this.#start = start;
  }

  /** Evaluates a binding on sample values; never rejects. */
  ask(question: Omit<Question, 'answer'>): Promise<Answer> {
    return new Promise((resolve) => {
      this.#queue.push({ ...question, answer: resolve });
      this.#next();
    });
  }

  #next(): void {
    if (this.#current !== undefined || this.#queue.length === 0) return;
    this.#port ??= this.#open();
    if (!this.#isReady) return;
    const question = this.#queue.shift();
    if (question === undefined) return;
    this.#current = question;
    const roots = new Set(listBindingReferences(question.binding).map(({ root }) => root));
    const known = [...roots].filter((root) => Object.hasOwn(question.values, root));
    const samples = Object.fromEntries(known.map((root) => [root, this.#sampleOf(question.values[root] ?? null)]));
    this.#send({ type: 'evaluate', binding: question.binding, samples, wants: question.wants });
    this.#timer = setTimeout(() => {
      this.#giveUp();
    }, limitMs);
  }

  #open(): PreviewPort {
    const port = this.#start();
    port.addEventListener('message', (event) => {
      const message = (event as MessageEvent<FromPreviewWorker>).data;
      if (message.type === 'ready') {
        this.#isReady = true;
        this.#next();
      } else this.#settle(message);
    });
    return port;
  }

  #send(message: ToPreviewWorker): void {
    this.#port?.postMessage(message);
  }

  /** Number of a sample in the worker; the oldest leaves when there are many. */
  #sampleOf(value: JsonValue): number {
    const known = this.#samples.get(value);
    if (known !== undefined) return known;
    const sample = this.#nextSample++;
    this.#samples.set(value, sample);
    this.#send({ type: 'keep', sample, value });
    const [oldest] = this.#samples;
    if (this.#samples.size > mostSamples && oldest !== undefined) {
      this.#samples.delete(oldest[0]);
      this.#send({ type: 'forget', sample: oldest[1] });
    }
    return sample;
  }

  #settle(answer: Answer): void {
    clearTimeout(this.#timer);
    const question = this.#current;
    this.#current = undefined;
    question?.answer(answer);
    this.#next();
  }

  /** A worker cannot be interrupted, only ended; the next question gets a new one. */
  #giveUp(): void {
    this.#port?.terminate();
    this.#port = undefined;
    this.#isReady = false;
    this.#samples.clear();
    const problem = tooLong;
    this.#settle(
      this.#current?.wants === 'value'
        ? { type: 'value', evaluated: { problem } }
        : { type: 'words', preview: { kind: 'problem', text: problem } },
    );
  }
}
