/** A first look at whether a word may be meant by a misspelled one: about as long, and the same at its beginning, its end or inside. */
export function resembles(word: string, term: string): boolean {
  if (Math.abs(word.length - term.length) > 2) return false;
  return word[0] === term[0] || word.slice(-2) === term.slice(-2) || word.slice(1, 3) === term.slice(1, 3);
}
