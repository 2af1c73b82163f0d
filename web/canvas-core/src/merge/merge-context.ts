import type { Maybe } from './same-json.ts';

/** One thing in the three versions: as both began, and what each made of it. */
export interface Versions<Value> {
  readonly base: Value;
  readonly mine: Value;
  readonly theirs: Value;
}

/** Whose version of a thing is taken. */
export type MergeSide = 'mine' | 'theirs';

/** A thing that both changed in another way. A side that is `undefined` took it away. */
export interface MergeConflict {
  /** JSON pointer of the thing; decisions go by it. */
  readonly id: string;
  readonly path: readonly string[];
  readonly mine: Maybe;
  readonly theirs: Maybe;
}

/** Collects what needs a decision, and takes the decisions that were made; until then mine counts. */
export class MergeContext {
  readonly conflicts: MergeConflict[] = [];
  readonly #choices: Readonly<Record<string, MergeSide>>;

  constructor(choices: Readonly<Record<string, MergeSide>>) {
    this.#choices = choices;
  }

  /** The side that is taken of something that both changed. */
  decide(path: readonly string[], versions: { readonly mine: Maybe; readonly theirs: Maybe }): MergeSide {
    const id = `/${path.join('/')}`;
    this.conflicts.push({ id, path, mine: versions.mine, theirs: versions.theirs });
    return this.#choices[id] ?? 'mine';
  }
}
