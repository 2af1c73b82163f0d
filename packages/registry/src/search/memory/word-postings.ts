import { WordList } from './word-list.ts';

const weightBits = 7;
const weightMask = (1 << weightBits) - 1;

/** Slots that hold all terms, and by slot the sum of its best words, in hundredths of a weight. */
export interface Scored {
  readonly slots: number[];
  readonly scores: Int32Array;
}

/** Which slots have which words, and by what weight (at most 127). */
export class WordPostings {
  readonly #list = new WordList();
  /** By word: slot and weight in one number. */
  readonly #postings: number[][] = [];
  /** By slot, of the search that runs: how many terms were found in a row, the sum of their scores, the score of the last. */
  #stages = new Uint8Array(0);
  #sums = new Int32Array(0);
  #bests = new Int32Array(0);

  get words(): readonly string[] {
    return this.#list.words;
  }

  add(slot: number, words: readonly string[], weights: readonly number[]): void {
    for (const [index, word] of words.entries())
      this.#post(this.#list.add(word), (slot << weightBits) | (weights[index] ?? 0));
  }

  /** Slots in which a word stands. */
  slotsOf(word: string): number[] {
    const at = this.#list.numberOf(word);
    const postings = at === undefined ? undefined : this.#postings[at];
    return (postings ?? []).map((posting) => posting >> weightBits);
  }

  /** Every term must be found; by a whole word better than by its beginning, by that better than by a piece. Valid until the next call. */
  score(terms: readonly string[], size: number): Scored {
    this.#clear(size);
    let slots: number[] = [];
    for (const [ord, term] of terms.entries()) {
      slots = this.#scoreTerm(ord, term);
      if (slots.length === 0) break;
    }
    return { slots, scores: this.#sums };
  }

  /** The same with other slots; -1: the slot is gone. Words that stand nowhere any more are left out. */
  move(moves: readonly number[]): WordPostings {
    const moved = new WordPostings();
    for (const [at, word] of this.words.entries()) {
      for (const posting of this.#postings[at] ?? []) {
        const slot = moves[posting >> weightBits] ?? -1;
        if (slot >= 0) moved.#post(moved.#list.add(word), (slot << weightBits) | (posting & weightMask));
      }
    }
    return moved;
  }

  #post(at: number, posting: number): void {
    const postings = this.#postings[at];
    if (postings === undefined) this.#postings.push([posting]);
    else postings.push(posting);
  }

  #clear(size: number): void {
    if (this.#stages.length >= size) {
      this.#stages.fill(0);
      return;
    }
    const room = Math.ceil(size * 1.25);
    this.#stages = new Uint8Array(room);
    this.#sums = new Int32Array(room);
    this.#bests = new Int32Array(room);
  }

  /** Of the slots that hold all terms before, those that hold this one too. */
  #scoreTerm(ord: number, term: string): number[] {
    const [stages, sums, bests] = [this.#stages, this.#sums, this.#bests];
    const slots: number[] = [];
    for (const { at, fit } of this.#list.find(term)) {
      for (const posting of this.#postings[at] ?? []) {
        const slot = posting >> weightBits;
        const score = (posting & weightMask) * fit;
        if (stages[slot] === ord) {
          stages[slot] = ord + 1;
          sums[slot] = (ord === 0 ? 0 : (sums[slot] ?? 0)) + score;
          bests[slot] = score;
          slots.push(slot);
        } else if (stages[slot] === ord + 1 && score > (bests[slot] ?? 0)) {
          sums[slot] = (sums[slot] ?? 0) + score - (bests[slot] ?? 0);
          bests[slot] = score;
        }
      }
    }
    return slots;
  }
}
