import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { evaluateOn, toPreview } from './field-preview.ts';
import type { FromPreviewWorker, ToPreviewWorker } from './preview-messages.ts';
import { PreviewRunner, type PreviewPort } from './preview-runner.ts';

/** A worker that answers when it is told to; `hangs` never answers. */
class FakeWorker {
  readonly sent: ToPreviewWorker[] = [];
  isEnded = false;
  hangs = false;
  #listen: (event: MessageEvent<FromPreviewWorker>) => void = () => undefined;

  addEventListener(_type: string, listener: (event: MessageEvent<FromPreviewWorker>) => void): void {
    this.#listen = listener;
  }
  postMessage(message: ToPreviewWorker): void {
    this.sent.push(message);
    if (message.type !== 'evaluate' || this.hangs) return;
    const preview = toPreview(evaluateOn(message.binding, { n: Object.keys(message.samples).length }));
    queueMicrotask(() => {
      this.say({ type: 'words', preview });
    });
  }
  terminate(): void {
    this.isEnded = true;
  }
  say(data: FromPreviewWorker): void {
    this.#listen({ data } as MessageEvent<FromPreviewWorker>);
  }
}

let workers: FakeWorker[] = [];
const runner = (): PreviewRunner =>
  new PreviewRunner(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    queueMicrotask(() => {
      worker.say({ type: 'ready' });
    });
    return worker as unknown as PreviewPort;
  });

beforeEach(() => {
  workers = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const ask = (previews: PreviewRunner, formula: string, values = {}) =>
  previews.ask({ binding: { formula }, values, wants: 'words' });

it('sends a sample once, and only what the formula names', async () => {
  const previews = runner();
  const order = { id: 1 };
  await ask(previews, 'order.id', { order, other: 1 });
  await expect(ask(previews, 'order.id + n', { order, n: 2, other: 1 })).resolves.toMatchObject({ type: 'words' });
  expect(workers[0]?.sent.map((message) => (message.type === 'keep' ? message.value : message.type))).toEqual([
    order,
    'evaluate',
    2,
    'evaluate',
  ]);
});

it('ends a worker that takes longer than a second, says so, and goes on with a new one', async () => {
  const previews = runner();
  await ask(previews, '1');
  if (workers[0]) workers[0].hangs = true;
  const slow = ask(previews, '2');
  const next = ask(previews, '3');
  await vi.advanceTimersByTimeAsync(1_000);
  await expect(slow).resolves.toMatchObject({
    preview: { kind: 'problem', text: expect.stringMatching(/too long/) as string },
  });
  expect(workers[0]?.isEnded).toBe(true);
  await expect(next).resolves.toEqual({ type: 'words', preview: { kind: 'value', text: '3', type: 'number' } });
});

it('forgets the oldest samples', async () => {
  const previews = runner();
  for (let n = 0; n < 45; n++) await ask(previews, 'n.x', { n: { x: n } });
  expect(workers[0]?.sent.filter(({ type }) => type === 'forget')).toHaveLength(5);
});
