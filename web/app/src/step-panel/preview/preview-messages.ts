import type { Binding, JsonValue } from '@patchbay/flow-model';
import type { Evaluated, FieldPreview } from './field-preview.ts';

/** What the page tells its preview worker. A sample is sent once and then named, because copying a large one costs time. */
export type ToPreviewWorker =
  | { readonly type: 'keep'; readonly sample: number; readonly value: JsonValue }
  | { readonly type: 'forget'; readonly sample: number }
  | {
      readonly type: 'evaluate';
      readonly binding: Binding;
      /** Samples by the names that the binding uses. */
      readonly samples: Readonly<Record<string, number>>;
      /** The words under a field, or the value itself. */
      readonly wants: 'words' | 'value';
    };

/** What the worker answers: that it is there, and then one answer for each evaluation. */
export type FromPreviewWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'words'; readonly preview: FieldPreview }
  | { readonly type: 'value'; readonly evaluated: Evaluated };
