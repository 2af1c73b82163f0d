import { AppError } from '@patchbay/errors';
import { containerOf } from '../graph/ports.ts';
import type { FlowDocument } from './flow-document.ts';

/** The largest flow; a larger one is split into several. */
export const documentLimits = {
  maxSteps: 1_000,
  /** Containers inside each other. */
  maxNesting: 10,
  /** Of the document as compact JSON in UTF-8. */
  maxBytes: 524_288,
  /** Objects and lists inside each other in the JSON, which bounds every recursion over a document. */
  maxJsonDepth: 64,
} as const;

function tooLarge(message: string): AppError {
  return new AppError('flow_too_large', { message });
}

/** Throws `flow_too_large` for JSON that is too deep or too big. Works without recursion, on any value. */
export function assertJsonSize(json: unknown): void {
  let ring: unknown[] = [json];
  for (let depth = 0; ring.length > 0; depth++) {
    if (depth > documentLimits.maxJsonDepth)
      throw tooLarge(`The document is nested deeper than ${String(documentLimits.maxJsonDepth)} levels.`);
    ring = ring.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value as Record<string, unknown>) : [],
    );
  }
  // `undefined` is no JSON, but a caller may hand anything in.
  assertTextSize(json === undefined ? '' : JSON.stringify(json));
}

/** Throws `flow_too_large` for a text that is too big. */
export function assertTextSize(text: string): void {
  const bytes = text.length > documentLimits.maxBytes ? text.length : new TextEncoder().encode(text).length;
  if (bytes > documentLimits.maxBytes)
    throw tooLarge(`The document has ${String(bytes)} bytes; ${String(documentLimits.maxBytes)} are allowed.`);
}

/** Throws `flow_too_large` for too many steps or too deep nesting. */
export function assertFlowSize(document: Pick<FlowDocument, 'steps' | 'scopes'>): void {
  const count = Object.keys(document.steps).length;
  if (count > documentLimits.maxSteps) {
    throw tooLarge(`The flow has ${String(count)} steps; ${String(documentLimits.maxSteps)} are allowed.`);
  }
  const parents = new Map<string, string>();
  for (const [id, scope] of Object.entries(document.scopes)) {
    const container = containerOf(id);
    if (container !== undefined) for (const key of scope.steps) parents.set(key, container);
  }
  for (const key of parents.keys()) assertNesting(parents, key);
}

function assertNesting(parents: ReadonlyMap<string, string>, key: string): void {
  let depth = 0;
  for (let parent = parents.get(key); parent !== undefined; parent = parents.get(parent)) {
    if (++depth > documentLimits.maxNesting) {
      throw tooLarge(
        `Containers stand more than ${String(documentLimits.maxNesting)} deep inside each other, at the step "${key}".`,
      );
    }
  }
}
