/** The worker that evaluates previews, so that a formula that takes long never holds up the page. */
import type { JsonValue } from '@patchbay/flow-model';
import { evaluateOn, toPreview } from './field-preview.ts';
import type { FromPreviewWorker, ToPreviewWorker } from './preview-messages.ts';

const samples = new Map<number, JsonValue>();
const answer = (message: FromPreviewWorker): void => {
  self.postMessage(message);
};

self.addEventListener('message', ({ data }: MessageEvent<ToPreviewWorker>) => {
  if (data.type === 'keep') samples.set(data.sample, data.value);
  else if (data.type === 'forget') samples.delete(data.sample);
  else {
    const named = Object.entries(data.samples).map(([name, sample]) => [name, samples.get(sample) ?? null]);
    const evaluated = evaluateOn(data.binding, Object.fromEntries(named) as Record<string, JsonValue>);
    if (data.wants === 'value') answer({ type: 'value', evaluated });
    else answer({ type: 'words', preview: toPreview(evaluated) });
  }
});
answer({ type: 'ready' });
