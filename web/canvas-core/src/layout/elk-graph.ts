import type { FlowDocument } from '@patchbay/flow-model';
import { measures } from '../geometry/measures.ts';
import { portIds, placePorts, stepHeight, stepWidth } from '../geometry/ports.ts';
import { firstSteps } from '../geometry/layout-edges.ts';
import { laneInset, laneScopes } from '../geometry/scope-frame.ts';
import { triggerKey, type Point } from '../geometry/scene.ts';
import type { Positions } from './layout-document.ts';

/** A node of ELK's JSON format, as far as we use it. */
export interface ElkNode {
  id: string;
  x?: number;
  y?: number;
  width?: number;
  height?: number;
  children?: ElkNode[];
  ports?: { id: string; x: number; y: number; width: number; height: number; layoutOptions?: Record<string, string> }[];
  edges?: { id: string; sources: string[]; targets: string[] }[];
  layoutOptions?: Record<string, string>;
}

const layered = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.spacing.nodeNode': String(measures.gap),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(measures.gap),
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.nodePlacement.favorStraightEdges': 'true',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
};

/** The document as a graph for ELK: lanes are nested nodes, ports keep their order (true above false). */
export function toElkGraph(document: FlowDocument): ElkNode {
  const root = scopeNode(document, 'root');
  const trigger = leaf(triggerKey, { width: measures.nodeWidth, height: measures.nodeHeight }, ['out']);
  const starts = firstSteps(document, 'root').map((to) => elkEdge(triggerKey, 'out', to));
  return { ...root, children: [trigger, ...(root.children ?? [])], edges: [...starts, ...(root.edges ?? [])] };
}

function scopeNode(document: FlowDocument, scope: string): ElkNode {
  const content = document.scopes[scope] ?? { steps: [], edges: [] };
  return {
    id: `scope:${scope}`,
    layoutOptions: layered,
    children: content.steps.map((key) => stepNode(document, key)),
    edges: content.edges.map((edge) => elkEdge(edge.from, edge.port, edge.to)),
  };
}

function stepNode(document: FlowDocument, key: string): ElkNode {
  const step = document.steps[key];
  if (step === undefined) return leaf(key, { width: measures.nodeWidth, height: measures.nodeHeight }, []);
  const lanes = laneScopes(step);
  if (lanes.length === 0) return leaf(key, { width: stepWidth(step), height: stepHeight(step) }, portIds(step));
  return {
    id: key,
    ports: [
      { ...portBox(`${key}:in`, { x: 0, y: 0 }), layoutOptions: { 'elk.port.side': 'NORTH' } },
      { ...portBox(`${key}:out`, { x: 0, y: 0 }), layoutOptions: { 'elk.port.side': 'SOUTH' } },
    ],
    layoutOptions: {
      ...layered,
      'elk.direction': 'RIGHT',
      'elk.portConstraints': 'FIXED_SIDE',
      'elk.spacing.nodeNode': '0',
      'elk.padding': containerPadding(lanes.length),
    },
    children: lanes.map((scope) => ({
      ...scopeNode(document, scope),
      layoutOptions: {
        ...layered,
        'elk.padding': lanePadding(lanes.length),
        'elk.nodeSize.constraints': 'MINIMUM_SIZE',
        'elk.nodeSize.minimum': `(${measures.laneWidth},${measures.nodeHeight})`,
      },
    })),
  };
}

const containerPadding = (lanes: number): string =>
  lanes > 1
    ? `[top=${measures.scopeHeader},left=${measures.scopePadding},bottom=${measures.scopePadding},right=${measures.scopePadding}]`
    : `[top=${measures.scopeHeader},left=0,bottom=0,right=0]`;

const lanePadding = (lanes: number): string =>
  `[top=${laneInset(lanes > 1)},left=${measures.scopePadding},bottom=${measures.laneFoot},right=${measures.scopePadding}]`;

function leaf(id: string, size: { width: number; height: number }, ports: readonly string[]): ElkNode {
  const out = placePorts(ports, size).map((port) => ({
    ...portBox(`${id}:${port.id}`, port),
    layoutOptions: { 'elk.port.side': 'SOUTH' },
  }));
  const into = { ...portBox(`${id}:in`, { x: size.width / 2, y: 0 }), layoutOptions: { 'elk.port.side': 'NORTH' } };
  return { id, ...size, ports: [into, ...out], layoutOptions: { 'elk.portConstraints': 'FIXED_POS' } };
}

const portBox = (id: string, at: Point): { id: string; x: number; y: number; width: number; height: number } => ({
  id,
  x: at.x,
  y: at.y,
  width: 0,
  height: 0,
});

const elkEdge = (from: string, port: string, to: string): { id: string; sources: string[]; targets: string[] } => ({
  id: `${from}:${port}:${to}`,
  sources: [`${from}:${port}`],
  targets: [`${to}:in`],
});

/** Reads ELK's answer back: positions relative to the origin of each scope. */
export function fromElkResult(result: ElkNode): Positions {
  const positions: Positions = {};
  const queue = [result];
  for (let scope = queue.shift(); scope !== undefined; scope = queue.shift()) {
    const steps = scope.children ?? [];
    const left = Math.min(...steps.map((node) => node.x ?? 0));
    const origin = scope.id === 'scope:root' ? { x: 0, y: 0 } : { x: left, y: scopeTop(steps) };
    for (const node of steps) {
      positions[node.id] = { x: Math.round((node.x ?? 0) - origin.x), y: Math.round((node.y ?? 0) - origin.y) };
      queue.push(...(node.children ?? []));
    }
  }
  return positions;
}

/** Inside a lane the first row stands at the origin, whatever padding ELK gave it. */
const scopeTop = (steps: readonly ElkNode[]): number => Math.min(...steps.map((node) => node.y ?? 0));
