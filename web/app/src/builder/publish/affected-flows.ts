import type { References } from '@patchbay/api-contract/client';

/** A flow that uses a connector, and in how many steps. */
export interface AffectedFlow {
  readonly id: string;
  readonly name: string;
  readonly steps: number;
}

/** The flows of a list of references, each once: through connections, or directly. */
export function affectedFlows(references: References): readonly AffectedFlow[] {
  const places = new Map<string, { name: string; steps: Set<string> }>();
  const note = (id: string, name: string, step: string): void => {
    const flow = places.get(id) ?? { name, steps: new Set<string>() };
    flow.steps.add(step);
    places.set(id, flow);
  };
  for (const { places: uses } of references.connections) {
    for (const use of uses) note(use.flow_id, use.flow_name, use.step);
  }
  for (const { id, name, step } of references.components) note(id, name, step);
  return [...places].map(([id, { name, steps }]) => ({ id, name, steps: steps.size }));
}
