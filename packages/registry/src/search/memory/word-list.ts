/** How well a word fits a term, in hundredths: the whole word, its beginning, a piece of it. */
export const fits = { whole: 100, start: 95, piece: 90 } as const;

/** A word that a term finds. */
export interface FoundWord {
  /** Its number in the list. */
  readonly at: number;
  readonly fit: number;
}

const shortestPiece = 3;
/** Words hold letters and digits alone. */
const separator = '\n';

/** All words that there are, numbered in the order in which they came. */
export class WordList {
  readonly #words: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** Each word between separators: one search of one long text is faster than thousands of short ones. */
  #text = separator;
  /** Where each word begins in the text. */
  readonly #starts: number[] = [];

  get words(): readonly string[] {
    return this.#words;
  }

  numberOf(word: string): number | undefined {
    return this.#numbers.get(word);
  }

  /** The number of a word; a new one is appended. */
  add(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const at = this.#words.push(word) - 1;
    this.#numbers.set(word, at);
    this.#starts.push(this.#text.length);
    this.#text += `${word}${separator}`;
    return at;
  }

  /** Words that are the term, begin with it or hold it; a term of less than three letters is no piece of anything. */
  find(term: string): FoundWord[] {
    const isPiece = term.length >= shortestPiece;
    const sought = isPiece ? term : `${separator}${term}`;
    const found: FoundWord[] = [];
    for (let hit = this.#text.indexOf(sought); hit >= 0;) {
      const at = this.#wordAt(isPiece ? hit : hit + 1);
      const start = this.#starts[at] ?? 0;
      const isStart = !isPiece || hit === start;
      found.push({ at, fit: isStart ? this.#fitOfStart(at, term) : fits.piece });
      // On with the separator before the next word: one word is found once.
      hit = this.#text.indexOf(sought, start + (this.#words[at]?.length ?? 0));
    }
    return found;
  }

  #fitOfStart(at: number, term: string): number {
    return this.#words[at]?.length === term.length ? fits.whole : fits.start;
  }

  /** The word in which a place of the text lies. */
  #wordAt(place: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
