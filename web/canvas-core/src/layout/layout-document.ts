import type { Edge, FlowDocument } from '@patchbay/flow-model';
import { measures } from '../geometry/measures.ts';
import { depths, laneScopes, measureFrames, type Frame } from '../geometry/scope-frame.ts';
import { portIds } from '../geometry/ports.ts';
import { triggerKey, type Point } from '../geometry/scene.ts';

/** Positions by step key, relative to the origin of their scope. */
export type Positions = Record<string, Point>;

/**
 * A plain layered layout: rows by longest path, followers under the port they hang from. Used for documents without
 * positions and where the layout worker is not at hand; "Tidy up" uses ELK.
 */
export function layoutDocument(document: FlowDocument): Positions {
  const positions: Positions = {};
  for (const scope of scopesInnermostFirst(document)) {
    const frames = measureFrames(document, positions);
    Object.assign(positions, layoutScope(document, scope, frames));
  }
  placeTrigger(document, positions);
  return positions;
}

function placeTrigger(document: FlowDocument, positions: Positions): void {
  const first = (document.scopes.root?.steps ?? []).map((key) => positions[key]).filter((at) => at !== undefined);
  const tops = first.filter((at) => at.y === 0);
  const x = tops.length === 0 ? 0 : (Math.min(...tops.map((at) => at.x)) + Math.max(...tops.map((at) => at.x))) / 2;
  positions[triggerKey] = { x: Math.round(x), y: -(measures.nodeHeight + measures.gap) };
}

/** Whether some step, or the trigger, has no position yet. */
export function hasMissingPositions(document: FlowDocument): boolean {
  const { positions } = document.layout;
  return [triggerKey, ...Object.keys(document.steps)].some((key) => positions[key] === undefined);
}

function scopesInnermostFirst(document: FlowDocument): string[] {
  const depth = depths(document);
  const scopes = Object.values(document.steps).flatMap((step) =>
    laneScopes(step).map((scope) => ({ scope, depth: depth.get(step.key) ?? 0 })),
  );
  return [...scopes.sort((a, b) => b.depth - a.depth).map(({ scope }) => scope), 'root'];
}

interface Layer {
  readonly keys: string[];
  readonly height: number;
}

function layoutScope(document: FlowDocument, scope: string, frames: ReadonlyMap<string, Frame>): Positions {
  const content = document.scopes[scope];
  if (content === undefined || content.steps.length === 0) return {};
  const layers = layersOf(content, frames);
  const centres = new Map<string, number>();
  const positions: Positions = {};
  let y = 0;
  for (const layer of layers) {
    for (const { key, x } of placeLayer(layer.keys, { document, edges: content.edges, frames, centres })) {
      positions[key] = { x, y };
      centres.set(key, x + widthOf(frames, key) / 2);
    }
    y += layer.height + measures.gap;
  }
  return normalised(positions);
}

function layersOf(content: { steps: string[]; edges: Edge[] }, frames: ReadonlyMap<string, Frame>): Layer[] {
  const ranks = rankSteps(content);
  const layers: string[][] = [];
  for (const key of content.steps) (layers[ranks.get(key) ?? 0] ??= []).push(key);
  return layers.map((keys) => ({
    keys,
    height: Math.max(...keys.map((key) => frames.get(key)?.height ?? measures.nodeHeight)),
  }));
}

/** Longest path from a first step; a wire that would close a cycle is left out. */
function rankSteps(content: { steps: string[]; edges: Edge[] }): Map<string, number> {
  const ranks = new Map(content.steps.map((key) => [key, 0]));
  for (let round = 0; round < content.steps.length; round += 1) {
    let hasChanged = false;
    for (const { from, to } of content.edges) {
      const wanted = (ranks.get(from) ?? 0) + 1;
      if (wanted > (ranks.get(to) ?? 0) && wanted < content.steps.length) {
        ranks.set(to, wanted);
        hasChanged = true;
      }
    }
    if (!hasChanged) break;
  }
  return ranks;
}

interface LayerContext {
  readonly document: FlowDocument;
  readonly edges: readonly Edge[];
  readonly frames: ReadonlyMap<string, Frame>;
  readonly centres: ReadonlyMap<string, number>;
}

function placeLayer(keys: readonly string[], context: LayerContext): { key: string; x: number }[] {
  const wanted = keys.map((key, index) => ({
    key,
    centre: wantedCentre(key, context) ?? index * (measures.nodeWidth + measures.gap),
  }));
  wanted.sort((a, b) => a.centre - b.centre);
  const placed: { key: string; x: number }[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const { key, centre } of wanted) {
    const x = Math.max(centre - widthOf(context.frames, key) / 2, free);
    placed.push({ key, x });
    free = x + widthOf(context.frames, key) + measures.gap;
  }
  return recentred(placed, wanted, context.frames);
}

/** Shifts a row so that it stands, as a whole, under what it follows. */
function recentred(
  placed: readonly { key: string; x: number }[],
  wanted: readonly { key: string; centre: number }[],
  frames: ReadonlyMap<string, Frame>,
): { key: string; x: number }[] {
  const drift = placed.map(({ key, x }, index) => x + widthOf(frames, key) / 2 - (wanted[index]?.centre ?? 0));
  const mean = drift.reduce((sum, value) => sum + value, 0) / Math.max(1, drift.length);
  return placed.map(({ key, x }) => ({ key, x: Math.round(x - mean) }));
}

/** Mean of the places this step hangs from; followers of a fork spread around their port. */
function wantedCentre(key: string, context: LayerContext): number | undefined {
  const sources = context.edges.filter((edge) => edge.to === key && context.centres.has(edge.from));
  if (sources.length === 0) return undefined;
  const centres = sources.map((edge) => (context.centres.get(edge.from) ?? 0) + portOffset(edge, context));
  return centres.reduce((sum, value) => sum + value, 0) / centres.length;
}

function portOffset(edge: Edge, context: LayerContext): number {
  const step = context.document.steps[edge.from];
  const ports = step === undefined ? [] : portIds(step);
  const index = ports.indexOf(edge.port);
  return index < 0 || ports.length < 2 ? 0 : (index - (ports.length - 1) / 2) * (measures.nodeWidth + measures.gap);
}

const widthOf = (frames: ReadonlyMap<string, Frame>, key: string): number =>
  frames.get(key)?.width ?? measures.nodeWidth;

function normalised(positions: Positions): Positions {
  const left = Math.min(...Object.values(positions).map(({ x }) => x));
  return Object.fromEntries(Object.entries(positions).map(([key, at]) => [key, { x: at.x - left, y: at.y }]));
}
