import type { DocumentSet } from '../source/document-set.ts';
import type { Located } from '../source/located.ts';

/** One operation of a description, with what it inherits. */
export interface OperationSource {
  readonly documents: DocumentSet;
  /** The template, as the description gives it. */
  readonly path: string;
  readonly method: string;
  readonly item: Located;
  readonly operation: Located;
  /** Aim for the size of one schema as JSON text. */
  readonly schemaBytes: number;
  /** Names a part that is not supported; saying it twice says it once. */
  readonly warn: (message: string) => void;
}

/** Why an operation cannot be used; thrown inside the conversion of this one operation only. */
export class UnsupportedOperation extends Error {}
