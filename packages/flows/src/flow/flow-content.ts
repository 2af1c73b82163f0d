import { createHash } from 'node:crypto';
import type { FlowDocument } from '@patchbay/flow-model';

/** What the columns of a flow say about its document. */
export interface FlowContent {
  /** Of everything that a published version depends on: without layout and samples. */
  readonly contentHash: string;
  /** Of the whole document. */
  readonly documentHash: string;
  readonly stepCount: number;
  /** Slugs in use, sorted. */
  readonly connectors: string[];
  readonly connectionIds: string[];
}

/** Reads a document for the columns of its row. */
export function readContent(document: FlowDocument): FlowContent {
  const { layout, samples, ...content } = document;
  const operations = Object.values(document.steps).filter((step) => step.kind === 'operation');
  const connectionIds = operations.flatMap((step) => (step.connectionId === undefined ? [] : [step.connectionId]));
  return {
    contentHash: hashOf(content),
    documentHash: hashOf({ ...content, layout, samples }),
    stepCount: Object.keys(document.steps).length,
    connectors: [...new Set(operations.map((step) => step.connector))].sort(),
    connectionIds: [...new Set(connectionIds)].sort(),
  };
}

/** sha256 hex of a text. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** sha256 hex of a JSON value; the order of keys does not matter. */
export function hashOf(value: unknown): string {
  return sha256Hex(JSON.stringify(value, sortKeys));
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
