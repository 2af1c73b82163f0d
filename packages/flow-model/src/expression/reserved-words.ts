/**
 * CEL reserves words such as `loop`, `import` or `package` that are good names for us (`loop.item`, a step `import`).
 * They are written in capitals, same length, for the parser and read back afterwards; columns stay right.
 */
const reservedWords: ReadonlySet<string> = new Set([
  'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace',
  'return', 'var', 'void', 'while',
]); // prettier-ignore
const maskedWords: ReadonlyMap<string, string> = new Map([...reservedWords].map((word) => [word.toUpperCase(), word]));

/** Names a step cannot have, because formulas give them another meaning. */
export const reservedStepKeys: ReadonlySet<string> = new Set([
  'trigger', 'loop', 'error', 'run', 'true', 'false', 'null', 'in', 'optional', 'cel',
]); // prettier-ignore

// One alternative per kind of token that may hold a word: comments, texts, names with the dot before them.
const tokens = /\/\/[^\n]*|[rRbB]?"(?:[^"\\\n]|\\.)*"?|[rRbB]?'(?:[^'\\\n]|\\.)*'?|\.?\s*\??\s*[A-Za-z_][A-Za-z0-9_]*/g;

/** Replaces reserved words that stand as names. Texts, comments and field names after a dot stay. */
export function maskReservedWords(formula: string): string {
  if (!/[a-z]/.test(formula)) return formula;
  return formula.replace(tokens, (token) => (reservedWords.has(token) ? token.toUpperCase() : maskSpaced(token)));
}

/** A name may be preceded by spaces or `?` (ternary) that the pattern took along. */
function maskSpaced(token: string): string {
  if (token.startsWith('.') || token.startsWith('/') || /^[rRbB]?["']/.test(token)) return token;
  const name = /[A-Za-z_][A-Za-z0-9_]*$/.exec(token);
  if (!name || !reservedWords.has(name[0])) return token;
  return token.slice(0, name.index) + name[0].toUpperCase();
}

/** The name as it was written. */
export function unmaskName(name: string): string {
  return maskedWords.get(name) ?? name;
}

/** Every place where `name` stands as a name of its own (not a field, not in text), also in a formula that cannot be parsed. */
export function findNames(formula: string, name: string): number[] {
  const places: number[] = [];
  for (const match of formula.matchAll(tokens)) {
    const token = match[0];
    if (token.startsWith('.') || !token.endsWith(name)) continue;
    const start = match.index + token.length - name.length;
    if (/^\s*\??\s*$/.test(token.slice(0, token.length - name.length))) places.push(start);
  }
  return places;
}
