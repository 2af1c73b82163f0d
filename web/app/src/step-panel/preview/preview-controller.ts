import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Binding, JsonValue } from '@patchbay/flow-model';
import { listBindingReferences } from '@patchbay/flow-model/expression';
import type { FieldScope } from '../field/field-scope.ts';
import { pillPreview, previewWithout, type Evaluated, type FieldPreview, type SampleValues } from './field-preview.ts';
import { PreviewRunner } from './preview-runner.ts';

/** One worker for all fields of the page. */
const runner = new PreviewRunner(
  () => new Worker(new URL('./preview-worker.ts', import.meta.url), { type: 'module', name: 'previews' }),
);

interface Asked {
  readonly binding: string;
  readonly samples: readonly (JsonValue | undefined)[];
}

/** Previews for an element: what is known at once is given, the rest comes with a later update. */
export class PreviewController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #asked: Asked | undefined;
  #preview: FieldPreview | undefined;
  #evaluated: Evaluated | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#asked = undefined;
  }

  /** What stands under a field; until a changed formula is evaluated, what stood there before. */
  words(binding: Binding | undefined, scope: FieldScope): FieldPreview | undefined {
    const known = previewWithout(binding, scope);
    const pill = binding !== undefined && 'formula' in binding ? pillPreview(binding.formula, scope) : undefined;
    if (known !== 'evaluate' || binding === undefined || pill !== undefined) {
      this.#asked = undefined;
      this.#preview = known === 'none' || known === 'evaluate' ? pill : known;
      return this.#preview;
    }
    this.#ask(binding, scope.values, 'words');
    return this.#preview;
  }

  /** The value of a binding on samples, once it is known. */
  value(binding: Binding, values: SampleValues): Evaluated | undefined {
    this.#ask(binding, values, 'value');
    return this.#evaluated;
  }

  #ask(binding: Binding, values: SampleValues, wants: 'words' | 'value'): void {
    const roots = [...new Set(listBindingReferences(binding).map(({ root }) => root))];
    const asked: Asked = { binding: JSON.stringify(binding), samples: roots.map((root) => values[root]) };
    if (this.#asked !== undefined && isSame(this.#asked, asked)) return;
    this.#asked = asked;
    void runner.ask({ binding, values, wants }).then((answer) => {
      if (this.#asked !== asked) return;
      if (answer.type === 'words') this.#preview = answer.preview;
      else this.#evaluated = answer.evaluated;
      this.#host.requestUpdate();
    });
  }
}

const isSame = (one: Asked, other: Asked): boolean =>
  one.binding === other.binding &&
  one.samples.length === other.samples.length &&
  one.samples.every((sample, index) => sample === other.samples[index]);
