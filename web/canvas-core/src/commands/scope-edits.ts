import { reservedStepKeys } from '@patchbay/flow-model/expression';
import type { Edge, FlowDocument, Scope, Step } from '@patchbay/flow-model';
import { laneScopes } from '../geometry/scope-frame.ts';

/** Id of the scope that holds a step. */
export function scopeOfStep(document: FlowDocument, key: string): string | undefined {
  return Object.keys(document.scopes).find((id) => document.scopes[id]?.steps.includes(key));
}

/** The document with another content of one scope. */
export function withScope(document: FlowDocument, id: string, edit: (scope: Scope) => Scope): FlowDocument {
  const scope = document.scopes[id] ?? { steps: [], edges: [] };
  return { ...document, scopes: { ...document.scopes, [id]: edit(scope) } };
}

/** The document with another version of one step. */
export function withStep(document: FlowDocument, step: Step): FlowDocument {
  return { ...document, steps: { ...document.steps, [step.key]: step } };
}

/** The steps and everything inside them. */
export function withInnerSteps(document: FlowDocument, keys: readonly string[]): string[] {
  const all: string[] = [];
  const queue = [...keys];
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    const step = document.steps[key];
    if (step === undefined || all.includes(key)) continue;
    all.push(key);
    queue.push(...laneScopes(step).flatMap((scope) => document.scopes[scope]?.steps ?? []));
  }
  return all;
}

/** Whether a path leads from one step to another inside a scope. */
export function isReachable(edges: readonly Edge[], from: string, to: string): boolean {
  const seen = new Set([from]);
  const queue = [from];
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    if (key === to) return true;
    for (const edge of edges) {
      if (edge.from !== key || seen.has(edge.to)) continue;
      seen.add(edge.to);
      queue.push(edge.to);
    }
  }
  return false;
}

/** A step key that is free: the wish itself, or with a number. */
export function freeKey(taken: (key: string) => boolean, wish: string): string {
  const base = toKey(wish);
  if (!taken(base)) return base;
  for (let number = 2; ; number += 1) {
    const key = `${base.slice(0, 58)}_${number}`;
    if (!taken(key)) return key;
  }
}

const reserved = new Set<string>(reservedStepKeys);

/** Makes a step key from a title: `Look up stock` becomes `look_up_stock`. */
export function toKey(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const key = /^[a-z]/.test(words) ? words : `step_${words}`.replace(/_$/, '');
  return reserved.has(key) ? `${key}_step` : key.slice(0, 60);
}
