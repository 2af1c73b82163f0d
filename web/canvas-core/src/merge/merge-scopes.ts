import type { Edge, FlowDocument, Scope } from '@patchbay/flow-model';
import { scopeOfStep, isReachable } from '../commands/scope-edits.ts';
import { portIds } from '../geometry/ports.ts';
import { edgeId } from '../geometry/scene.ts';
import { laneScopes } from '../geometry/scope-frame.ts';
import type { MergeContext, Versions } from './merge-context.ts';
import { isSameJson } from './same-json.ts';

type Steps = FlowDocument['steps'];
type Documents = Versions<FlowDocument>;

const idOf = ({ from, port, to }: Edge): string => edgeId(from, port, to);

const noScope: Scope = { steps: [], edges: [] };

/** Scopes that hold each of the merged steps once, with the wires that both sides kept or drew. */
export function mergeScopes(documents: Documents, steps: Steps, context: MergeContext): Record<string, Scope> {
  const ids = ['root', ...Object.values(steps).flatMap((step) => laneScopes(step))];
  const homes = homesOf(documents, steps, { ids: new Set(ids), context });
  const merge = (id: string): Scope => {
    const scopes = {
      base: documents.base.scopes[id] ?? noScope,
      mine: documents.mine.scopes[id] ?? noScope,
      theirs: documents.theirs.scopes[id] ?? noScope,
    };
    const here = Object.keys(homes).filter((key) => homes[key] === id);
    const known = mergeList(
      { base: scopes.base.steps, mine: scopes.mine.steps, theirs: scopes.theirs.steps },
      (key) => key,
    ).filter((key) => homes[key] === id);
    const inOrder = [...known, ...here.filter((key) => !known.includes(key)).sort()];
    return { steps: inOrder, edges: mergeEdges(id, scopes, { steps, here: new Set(here), context }) };
  };
  return Object.fromEntries(ids.map((id) => [id, merge(id)]));
}

interface Places {
  readonly ids: ReadonlySet<string>;
  readonly context: MergeContext;
}

/** The scope of each step; one whose container is gone stands outside. */
function homesOf(documents: Documents, steps: Steps, { ids, context }: Places): Record<string, string> {
  const homes = Object.keys(steps).map((key): [string, string] => {
    const base = scopeOfStep(documents.base, key);
    const mine = scopeOfStep(documents.mine, key);
    const theirs = scopeOfStep(documents.theirs, key);
    const isOpen = mine !== undefined && theirs !== undefined && mine !== theirs && mine !== base && theirs !== base;
    const side = isOpen ? context.decide(['places', key], { mine, theirs }) : mine === base ? 'theirs' : 'mine';
    const home = side === 'mine' ? (mine ?? theirs) : (theirs ?? mine);
    return [key, home !== undefined && ids.has(home) ? home : 'root'];
  });
  const all = Object.fromEntries(homes);
  for (const key of Object.keys(all)) if (isInsideItself(key, all)) all[key] = 'root';
  return all;
}

function isInsideItself(key: string, homes: Readonly<Record<string, string>>): boolean {
  const seen = new Set<string>();
  for (let at = key; !seen.has(at);) {
    seen.add(at);
    const container = (homes[at] ?? 'root').replace(/\.[^.]*$/, '');
    if (container === 'root') return false;
    at = container;
  }
  return true;
}

/** What either side added, without what either side took away. The order is that of the side that changed it. */
function mergeList<Item>({ base, mine, theirs }: Versions<readonly Item[]>, nameOf: (item: Item) => string): Item[] {
  const [before, left, right] = [base, mine, theirs].map((items) => items.map(nameOf));
  if (isSameJson(left, before)) return [...theirs];
  if (isSameJson(right, before) || isSameJson(left, right)) return [...mine];
  const kept = base.filter((item) => left?.includes(nameOf(item)) && right?.includes(nameOf(item)));
  const added = [...mine, ...theirs].filter((item) => before?.includes(nameOf(item)) !== true);
  const unique = new Map(added.map((item) => [nameOf(item), item]));
  return [...kept, ...[...unique.values()].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))];
}

interface WirePlaces {
  readonly steps: Steps;
  readonly here: ReadonlySet<string>;
  readonly context: MergeContext;
}

/** Wires whose ends and port are still there. Both rerouted one wire, or together they would make a circle: a decision. */
function mergeEdges(id: string, scopes: Versions<Scope>, { steps, here, context }: WirePlaces): Edge[] {
  const fits = ({ from, port, to }: Edge): boolean => {
    const step = steps[from];
    return step !== undefined && here.has(from) && here.has(to) && portIds(step).includes(port);
  };
  const versions = { base: scopes.base.edges, mine: scopes.mine.edges, theirs: scopes.theirs.edges };
  const merged = mergeList(versions, idOf).filter(fits);
  if (!isReroutedTwice(versions) && !hasCircle(merged)) return merged;
  const { mine, theirs } = versions;
  const side = context.decide(['scopes', id, 'edges'], { mine: [...mine], theirs: [...theirs] });
  return (side === 'mine' ? mine : theirs).filter(fits);
}

/** A wire of old that both cut, and from whose port both drew another way. */
function isReroutedTwice({ base, mine, theirs }: Versions<readonly Edge[]>): boolean {
  const isIn = (edges: readonly Edge[], edge: Edge): boolean => edges.some((one) => idOf(one) === idOf(edge));
  const waysFrom = (edges: readonly Edge[], cut: Edge): string[] =>
    edges
      .filter((edge) => edge.from === cut.from && edge.port === cut.port && !isIn(base, edge))
      .map(idOf)
      .sort();
  return base.some((edge) => {
    if (isIn(mine, edge) || isIn(theirs, edge)) return false;
    const [left, right] = [waysFrom(mine, edge), waysFrom(theirs, edge)];
    return left.length > 0 && right.length > 0 && !isSameJson(left, right);
  });
}

const hasCircle = (edges: readonly Edge[]): boolean => edges.some(({ from, to }) => isReachable(edges, to, from));
