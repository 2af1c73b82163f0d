/** Parser of the regular expressions that `matches` accepts: no look-around, no back references. */

/** A set of characters, tested by code point. */
export interface CharacterSet {
  readonly isNegated: boolean;
  readonly ranges: readonly (readonly [number, number])[];
}

export type PatternNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' | 'word' | 'not_word' }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly item: PatternNode; readonly least: number; readonly most: number };

/** What is wrong with a pattern, in words. Caught by `matchPattern`, which knows the place in the formula. */
export class PatternProblem extends Error {}

const digits: CharacterSet = { isNegated: false, ranges: [[48, 57]] };
const wordSigns: CharacterSet = { isNegated: false, ranges: [[48, 57], [65, 90], [95, 95], [97, 122]] }; // prettier-ignore
const spaces: CharacterSet = { isNegated: false, ranges: [[9, 13], [32, 32], [160, 160], [0x2028, 0x2029], [0xfeff, 0xfeff]] }; // prettier-ignore
const lineEnds: CharacterSet = { isNegated: true, ranges: [[10, 10], [13, 13], [0x2028, 0x2029]] }; // prettier-ignore
const classes: Readonly<Record<string, CharacterSet>> = { d: digits, w: wordSigns, s: spaces };
const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, '0': 0 };

const negate = (set: CharacterSet): CharacterSet => ({ isNegated: !set.isNegated, ranges: set.ranges });
const single = (sign: string): CharacterSet => {
  const code = sign.codePointAt(0) ?? 0;
  return { isNegated: false, ranges: [[code, code]] };
};

const maxRepeat = 200;
const maxDepth = 20;

/** Parses a pattern. Throws a {@link PatternProblem}. */
export function parsePattern(pattern: string): PatternNode {
  const reader = new PatternReader(pattern);
  const node = reader.readChoice(0);
  if (!reader.isAtEnd()) throw new PatternProblem('has a ")" too many.');
  return node;
}

class PatternReader {
  readonly #signs: readonly string[];
  #position = 0;

  constructor(pattern: string) {
    this.#signs = Array.from(pattern);
  }

  isAtEnd(): boolean {
    return this.#position >= this.#signs.length;
  }

  readChoice(depth: number): PatternNode {
    if (depth > maxDepth) throw new PatternProblem('is nested too deeply.');
    const items = [this.#readSequence(depth)];
    while (this.#take('|')) items.push(this.#readSequence(depth));
    return items.length === 1 && items[0] ? items[0] : { kind: 'choice', items };
  }

  #readSequence(depth: number): PatternNode {
    const items: PatternNode[] = [];
    while (!this.isAtEnd() && this.#peek() !== '|' && this.#peek() !== ')') items.push(this.#readRepeat(depth));
    return { kind: 'sequence', items };
  }

  #readRepeat(depth: number): PatternNode {
    let item = this.#readAtom(depth);
    for (;;) {
      const bounds = this.#readBounds();
      if (!bounds) return item;
      this.#take('?');
      item = { kind: 'repeat', item, ...bounds };
    }
  }

  #readBounds(): { least: number; most: number } | undefined {
    if (this.#take('*')) return { least: 0, most: Infinity };
    if (this.#take('+')) return { least: 1, most: Infinity };
    if (this.#take('?')) return { least: 0, most: 1 };
    const match = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.#signs.slice(this.#position, this.#position + 12).join(''));
    if (!match) return undefined;
    this.#position += match[0].length;
    const least = Number(match[1]);
    const most = match[2] === undefined ? least : match[3] === '' ? Infinity : Number(match[3]);
    const largest = most === Infinity ? least : most;
    if (most < least || largest > maxRepeat)
      throw new PatternProblem(`repeats up to ${String(maxRepeat)} times at most.`);
    return { least, most };
  }

  #readAtom(depth: number): PatternNode {
    const sign = this.#next();
    switch (sign) {
      case '.':
        return { kind: 'set', set: lineEnds };
      case '^':
        return { kind: 'edge', edge: 'start' };
      case '$':
        return { kind: 'edge', edge: 'end' };
      case '(':
        return this.#readGroup(depth);
      case '[':
        return { kind: 'set', set: this.#readSet() };
      case '\\':
        return this.#readEscape();
      case '*':
      case '+':
      case '?':
        throw new PatternProblem(`has a "${sign}" with nothing before it.`);
      default:
        return { kind: 'set', set: single(sign) };
    }
  }

  #readGroup(depth: number): PatternNode {
    if (this.#take('?') && !this.#take(':'))
      throw new PatternProblem('uses look-around or a named group, which are not supported.');
    const node = this.readChoice(depth + 1);
    if (!this.#take(')')) throw new PatternProblem('has a "(" without its ")".');
    return node;
  }

  #readEscape(): PatternNode {
    const sign = this.#next();
    if (sign === 'b') return { kind: 'edge', edge: 'word' };
    if (sign === 'B') return { kind: 'edge', edge: 'not_word' };
    return { kind: 'set', set: this.#escapedSet(sign) };
  }

  #escapedSet(sign: string): CharacterSet {
    const known = classes[sign.toLowerCase()];
    if (known && /[dws]/i.test(sign)) return sign === sign.toLowerCase() ? known : negate(known);
    const control = controls[sign];
    if (control !== undefined) return { isNegated: false, ranges: [[control, control]] };
    if (sign === 'u' || sign === 'x') return this.#readHex(sign === 'u' ? 4 : 2);
    if (/[A-Za-z1-9]/.test(sign)) throw new PatternProblem(`uses "\\${sign}", which is not supported.`);
    return single(sign);
  }

  #readHex(length: number): CharacterSet {
    const hex = this.#signs.slice(this.#position, this.#position + length).join('');
    if (hex.length !== length || /[^0-9a-f]/i.test(hex)) throw new PatternProblem('has a wrong \\u or \\x.');
    this.#position += length;
    return single(String.fromCodePoint(parseInt(hex, 16)));
  }

  #readSet(): CharacterSet {
    const isNegated = this.#take('^');
    const ranges: (readonly [number, number])[] = [];
    while (!this.#take(']')) ranges.push(...this.#readSetItem());
    return { isNegated, ranges };
  }

  #readSetItem(): readonly (readonly [number, number])[] {
    const from = this.#readSetMember();
    const [low] = from.ranges;
    if (this.#peek() !== '-' || this.#signs[this.#position + 1] === ']' || !low) return positive(from);
    this.#position++;
    const [high] = this.#readSetMember().ranges;
    if (!high || high[0] < low[0]) throw new PatternProblem('has a range in the wrong order.');
    return [[low[0], high[0]]];
  }

  #readSetMember(): CharacterSet {
    const sign = this.#next();
    return sign === '\\' ? this.#escapedSet(this.#next()) : single(sign);
  }

  #peek(): string | undefined {
    return this.#signs[this.#position];
  }

  #take(sign: string): boolean {
    if (this.#peek() !== sign) return false;
    this.#position++;
    return true;
  }

  #next(): string {
    const sign = this.#signs[this.#position++];
    if (sign === undefined) throw new PatternProblem('ends too early.');
    return sign;
  }
}

/** The ranges of a set without negation, so that it can stand inside `[ ]`. */
function positive(set: CharacterSet): readonly (readonly [number, number])[] {
  if (!set.isNegated) return set.ranges;
  const gaps: (readonly [number, number])[] = [];
  let next = 0;
  for (const [low, high] of set.ranges) {
    if (low > next) gaps.push([next, low - 1]);
    next = high + 1;
  }
  return [...gaps, [next, 0x10ffff]];
}
