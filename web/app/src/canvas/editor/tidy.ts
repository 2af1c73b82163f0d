import { fromElkResult, toElkGraph, type ElkNode, type Positions } from '@patchbay/canvas-core';
import type { FlowDocument } from '@patchbay/flow-model';

const limitMs = 30_000;

/** The part of ELK that is used here. */
interface Elk {
  layout(graph: ElkNode): Promise<ElkNode>;
  terminateWorker(): void;
}

/** Computes a tidy layout with ELK in a worker of its own; the worker is loaded the first time. */
export async function tidyLayout(document: FlowDocument, signal: AbortSignal): Promise<Positions> {
  const [{ default: elkModule }, { default: workerUrl }] = await Promise.all([
    import('elkjs/lib/elk-api.js'),
    import('elkjs/lib/elk-worker.min.js?url'),
  ]);
  const Constructor = elkModule as unknown as new (options: { workerFactory: () => Worker }) => Elk; // CommonJS without types for this entry
  const elk = new Constructor({ workerFactory: () => new Worker(workerUrl) });
  const stop = new Promise<never>((_, reject) => {
    const fail = (): void => {
      reject(new DOMException('Tidy up was stopped.', 'AbortError'));
    };
    signal.addEventListener('abort', fail, { once: true });
    setTimeout(fail, limitMs);
  });
  try {
    return fromElkResult(await Promise.race([elk.layout(toElkGraph(document)), stop]));
  } finally {
    elk.terminateWorker();
  }
}
