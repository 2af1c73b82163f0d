import type { OpenApiPreview } from '@patchbay/api-contract';
import type { ErrorCode } from '@patchbay/errors';
import type { DescriptionSource } from '../convert-description.ts';

/** What the server says to the process that converts. */
export type ToProcess =
  | { readonly kind: 'convert'; readonly source: DescriptionSource }
  | { readonly kind: 'fetched'; readonly id: number; readonly text: string }
  | { readonly kind: 'refused'; readonly id: number; readonly failure: CarriedFailure };

/** What the process says to the server; it does not use the network itself. */
export type FromProcess =
  | { readonly kind: 'converted'; readonly preview: OpenApiPreview }
  | { readonly kind: 'failed'; readonly failure: CarriedFailure }
  | { readonly kind: 'fetch'; readonly id: number; readonly url: string; readonly maxBytes: number };

/** An error as it crosses between processes. */
export interface CarriedFailure {
  readonly code: ErrorCode;
  readonly message: string;
}
