/** The flow as a tree of text: what screen readers and the Outline tab show. */
import type { FlowDocument, Step, StepKind } from '@patchbay/flow-model';
import { indexEdges, portsOf, topologicalOrder, type ScopeEdges } from '@patchbay/flow-model/graph';
import { laneScopes } from '../geometry/scope-frame.ts';
import { triggerKey } from '../geometry/scene.ts';

/** One line of the outline. */
export interface OutlineItem {
  readonly key: string;
  readonly title: string;
  readonly kind: StepKind | 'trigger';
  /** 1 for the steps of the flow itself. */
  readonly level: number;
  /** 1-based place among its siblings, and their number: `aria-posinset` and `aria-setsize`. */
  readonly position: number;
  readonly count: number;
  /** `Try` or `On error`: the lane of a try the step stands in. */
  readonly lane?: string;
  /** For example: after Form; then In stock: Reserve, Otherwise: Notify. */
  readonly description: string;
  readonly children: readonly OutlineItem[];
}

/** All steps, the trigger first; every step once, in the order a run goes through them. */
export function outline(document: FlowDocument): readonly OutlineItem[] {
  const steps = scopeItems(document, 'root', { level: 1, seen: new Set() });
  const firsts = steps.filter(({ key }) => isFirst(document, key)).map(({ title }) => title);
  const trigger: OutlineItem = {
    key: triggerKey,
    title: document.trigger.title,
    kind: 'trigger',
    level: 1,
    position: 1,
    count: 1,
    description: firsts.length === 0 ? '' : `then ${firsts.join(', ')}`,
    children: [],
  };
  const count = steps.length + 1;
  return [trigger, ...steps].map((item, index) => ({ ...item, position: index + 1, count }));
}

function isFirst(document: FlowDocument, key: string): boolean {
  return !(document.scopes['root']?.edges.some(({ to }) => to === key) ?? false);
}

interface Place {
  readonly level: number;
  readonly lane?: string;
  /** Guards against a container that stands in itself. */
  readonly seen: ReadonlySet<string>;
}

function scopeItems(document: FlowDocument, scopeId: string, place: Place): OutlineItem[] {
  const scope = document.scopes[scopeId];
  if (!scope || place.seen.has(scopeId)) return [];
  const edges = indexEdges(scope);
  const ordered = topologicalOrder(scope);
  const all = [...ordered, ...scope.steps.filter((key) => !ordered.includes(key))];
  const steps = all.flatMap((key) => document.steps[key] ?? []);
  const seen = new Set(place.seen).add(scopeId);
  return steps.map((step, index) => ({
    key: step.key,
    title: step.title,
    kind: step.kind,
    level: place.level,
    position: index + 1,
    count: steps.length,
    ...(place.lane === undefined ? {} : { lane: place.lane }),
    description: describe(document, edges, step),
    children: laneScopes(step).flatMap((id) => {
      const lane = step.kind === 'try' ? { lane: id.endsWith('.catch') ? 'On error' : 'Try' } : {};
      return scopeItems(document, id, { level: place.level + 1, seen, ...lane });
    }),
  }));
}

function describe(document: FlowDocument, edges: ScopeEdges, step: Step): string {
  const titleOf = (key: string): string => document.steps[key]?.title ?? key;
  const before = [...new Set((edges.incoming.get(step.key) ?? []).map(({ from }) => titleOf(from)))];
  const outgoing = edges.outgoing.get(step.key) ?? [];
  const after = portsOf(step).flatMap((port) => {
    const targets = outgoing.filter((edge) => edge.port === port.id).map(({ to }) => titleOf(to));
    return targets.length === 0 ? [] : [(port.label === '' ? '' : `${port.label}: `) + targets.join(', ')];
  });
  const parts = [
    before.length === 0 ? '' : `after ${before.join(', ')}`,
    after.length === 0 ? '' : `then ${after.join(', ')}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}
