import type { FlowDocument, Step } from '@patchbay/flow-model';
import { measures } from './measures.ts';
import { portIds, placePorts } from './ports.ts';
import { boundsOf } from './edge-path.ts';
import { layoutEdges } from './layout-edges.ts';
import { laneOrigin, measureFrames, type Frame } from './scope-frame.ts';
import { triggerKey, type Box, type CanvasScene, type Point, type SceneNode } from './scene.ts';

/**
 * Places every step, container and wire of a document. Nodes and edges that equal those of `previous` are the same
 * objects. Steps without a position stand at the origin of their scope: call `layoutDocument` first.
 */
export function layoutScene(document: FlowDocument, previous?: CanvasScene): CanvasScene {
  const positions = document.layout.positions;
  const frames = measureFrames(document, positions);
  const nodes = new Map<string, SceneNode>();
  add(nodes, triggerNode(document), previous);
  placeScope({ document, frames, nodes, previous }, { scope: 'root', origin: { x: 0, y: 0 }, level: 1 });
  const edges = layoutEdges(document, nodes, previous);
  return { nodes, edges, bounds: sceneBounds(nodes) };
}

interface Placing {
  readonly document: FlowDocument;
  readonly frames: ReadonlyMap<string, Frame>;
  readonly nodes: Map<string, SceneNode>;
  readonly previous: CanvasScene | undefined;
}

interface ScopePlace {
  readonly scope: string;
  readonly origin: Point;
  readonly level: number;
  readonly parent?: string;
}

function placeScope(context: Placing, root: ScopePlace): void {
  const queue = [root];
  for (let place = queue.shift(); place !== undefined; place = queue.shift()) {
    for (const [index, key] of readingOrder(context.document, place.scope).entries()) {
      const step = context.document.steps[key];
      const frame = context.frames.get(key);
      if (step === undefined || frame === undefined || context.nodes.has(key)) continue;
      const node = stepNode(step, { frame, place, document: context.document, position: index + 1 });
      add(context.nodes, node, context.previous);
      for (const lane of frame.lanes ?? []) {
        const at = laneOrigin(lane);
        queue.push({
          scope: lane.scope,
          origin: { x: node.x + at.x, y: node.y + at.y },
          level: place.level + 1,
          parent: key,
        });
      }
    }
  }
}

/** Steps of a scope from top to bottom, left to right. */
export function readingOrder(document: FlowDocument, scope: string): string[] {
  const { positions } = document.layout;
  const at = (key: string): Point => positions[key] ?? { x: 0, y: 0 };
  return [...(document.scopes[scope]?.steps ?? [])].sort((a, b) => at(a).y - at(b).y || at(a).x - at(b).x);
}

function stepNode(
  step: Step,
  { frame, place, document, position }: { frame: Frame; place: ScopePlace; document: FlowDocument; position: number },
): SceneNode {
  const at = document.layout.positions[step.key] ?? { x: 0, y: 0 };
  const isTerminal = step.kind === 'respond' || step.kind === 'stop';
  const shape = frame.lanes === undefined ? (isTerminal ? 'terminal' : 'card') : 'scope';
  return {
    key: step.key,
    kind: step.kind,
    shape,
    x: place.origin.x + at.x,
    y: place.origin.y + at.y,
    width: frame.width,
    height: frame.height,
    hasInput: true,
    ports: placePorts(portIds(step), frame),
    ...(frame.lanes === undefined ? {} : { lanes: frame.lanes }),
    ...(place.parent === undefined ? {} : { parent: place.parent }),
    level: place.level,
    // The trigger is the first of the root scope.
    position: place.level === 1 ? position + 1 : position,
    siblings: (document.scopes[place.scope]?.steps.length ?? 0) + (place.level === 1 ? 1 : 0),
  };
}

function triggerNode(document: FlowDocument): SceneNode {
  const at = document.layout.positions[triggerKey] ?? { x: 0, y: -(measures.nodeHeight + measures.gap) };
  const size = { width: measures.nodeWidth, height: measures.nodeHeight };
  return {
    key: triggerKey,
    kind: document.trigger.kind,
    shape: 'terminal',
    ...at,
    ...size,
    hasInput: false,
    ports: placePorts(['out'], size),
    level: 1,
    position: 1,
    siblings: (document.scopes.root?.steps.length ?? 0) + 1,
  };
}

function add(nodes: Map<string, SceneNode>, node: SceneNode, previous: CanvasScene | undefined): void {
  const known = previous?.nodes.get(node.key);
  nodes.set(node.key, known !== undefined && isSame(known, node) ? known : node);
}

const isSame = (a: SceneNode, b: SceneNode): boolean => JSON.stringify(a) === JSON.stringify(b);

function sceneBounds(nodes: ReadonlyMap<string, SceneNode>): Box {
  return boundsOf([...nodes.values()].flatMap((node) => [node, { x: node.x + node.width, y: node.y + node.height }]));
}
