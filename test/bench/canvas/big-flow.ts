import { layoutDocument } from '@patchbay/canvas-core';
import type { Edge, FlowDocument, Scope, Step } from '@patchbay/flow-model';

/** Steps of one block: start, branch, four ways, join, loop and two steps in it. */
const blockSize = 10;
const ways = ['low', 'middle', 'high', 'otherwise'];

interface Block {
  readonly steps: readonly Step[];
  readonly rootSteps: readonly string[];
  readonly edges: readonly Edge[];
  readonly first: string;
  readonly last: string;
  readonly body: readonly [scope: string, content: Scope];
}

/**
 * A flow of as many steps as told (a multiple of 100), laid out: ten paths side by side, each a chain of blocks that fork
 * into four ways, join, and loop over a list.
 */
export function bigFlow(stepCount: number): FlowDocument {
  const perPath = stepCount / blockSize / 10;
  const paths = Array.from({ length: 10 }, (_, path) =>
    Array.from({ length: perPath }, (_, index) => blockOf(`p${path}_b${index}`)),
  );
  const blocks = paths.flat();
  const links = paths.flatMap((chain) =>
    chain.slice(1).map((block, index): Edge => ({ from: chain[index]?.last ?? '', port: 'out', to: block.first })),
  );
  const document: FlowDocument = {
    schemaVersion: 1,
    name: `Bench: ${stepCount} steps`,
    description: '',
    mode: 'auto',
    trigger: { kind: 'manual', title: 'Start by hand', inputSchema: { type: 'object', properties: {} } },
    steps: Object.fromEntries(blocks.flatMap((block) => block.steps.map((step) => [step.key, step]))),
    scopes: {
      root: {
        steps: blocks.flatMap((block) => block.rootSteps),
        edges: [...blocks.flatMap((block) => block.edges), ...links],
      },
      ...Object.fromEntries(blocks.map((block) => block.body)),
    },
    layout: { positions: {} },
    samples: {},
  };
  return { ...document, layout: { positions: layoutDocument(document) } };
}

function blockOf(prefix: string): Block {
  const key = (name: string): string => `${prefix}_${name}`;
  const [start, fork, join, loop] = [key('start'), key('fork'), key('join'), key('loop')];
  const branches = ways.map((way) => transform(key(way), `Take the ${way} way`));
  const inner = [transform(key('line'), 'Price one line'), transform(key('sum'), 'Add it to the sum')];
  return {
    first: start,
    last: loop,
    rootSteps: [start, fork, ...branches.map((step) => step.key), join, loop],
    steps: [
      transform(start, 'Read the order'),
      forkStep(fork, start),
      ...branches,
      transform(join, 'Put the answer together'),
      { key: loop, kind: 'for_each', title: 'For each line', items: '[1, 2, 3]', concurrency: 1 },
      ...inner,
    ],
    edges: [
      { from: start, port: 'out', to: fork },
      ...branches.flatMap((step, index): Edge[] => [
        { from: fork, port: ways[index] ?? '', to: step.key },
        { from: step.key, port: 'out', to: join },
      ]),
      { from: join, port: 'out', to: loop },
    ],
    body: [
      `${loop}.body`,
      { steps: inner.map((step) => step.key), edges: [{ from: key('line'), port: 'out', to: key('sum') }] },
    ],
  };
}

const transform = (key: string, title: string): Step => ({ key, kind: 'transform', title, output: { value: 7 } });

const forkStep = (key: string, start: string): Step => ({
  key,
  kind: 'branch',
  mode: 'if',
  title: 'How large is it?',
  cases: ways.slice(0, 3).map((id, index) => ({ id, label: id, when: `${start} > ${index * 10}` })),
});
