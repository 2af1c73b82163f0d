/** How well a piece of data fits a field, by names and descriptions. */

/** What is known of the field that is to be filled. */
export interface WantedField {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
}

/** What is known of a piece of data. */
export interface GivenData {
  /** Names from the source on; indexes of lists are left out. */
  readonly names: readonly string[];
  readonly description?: string | undefined;
}

const synonyms: readonly (readonly string[])[] = [
  ['email', 'mail', 'emailaddress', 'to', 'recipient'],
  ['name', 'fullname', 'customername', 'displayname'],
  ['quantity', 'qty', 'count', 'amountordered'],
  ['amount', 'total', 'sum', 'price'],
  ['phone', 'telephone', 'phonenumber', 'mobile'],
  ['zip', 'postcode', 'postalcode', 'zipcode'],
  ['id', 'identifier', 'key'],
  ['sku', 'articlenumber', 'itemnumber', 'productcode'],
  ['description', 'text', 'body', 'message'],
  ['url', 'link', 'address', 'href'],
  ['date', 'day', 'createdat', 'timestamp'],
];

/** Shorter beginnings, such as `na` of `name`, say nothing. */
const leastPrefix = 4;
const leastWord = 4;
const plainWords: ReadonlySet<string> = new Set([
  ...(['this', 'that', 'with', 'from', 'which', 'when', 'what', 'where', 'value', 'field', 'string'] as const),
  ...(['number', 'object', 'list', 'data', 'have', 'will', 'must', 'optional', 'required', 'given', 'used'] as const),
]);

const fold = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** "customerEmail_1": customer, email, 1. */
function tokensOf(name: string): string[] {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.split(/[^a-z0-9]+/).filter((token) => token !== '');
}

const isBeginning = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= leastPrefix && (one.startsWith(other) || other.startsWith(one));

const areSynonyms = (one: string, other: string): boolean =>
  synonyms.some((group) => group.includes(one) && group.includes(other));

const areAlike = (one: string, other: string): boolean =>
  one === other || isBeginning(one, other) || areSynonyms(one, other);

/** Words of a description that tell something. */
const wordsOf = (text: string | undefined): string[] =>
  tokensOf(text ?? '').filter((word) => word.length >= leastWord && !plainWords.has(word));

/**
 * 100: same name. 90: the last two names together. 80: a synonym. 70: one begins as the other, or all words of the shorter name
 * are in the longer one. 60: the description of one names the other. 0: no relation.
 */
export function scoreMatch(field: WantedField, data: GivenData): number {
  const wanted = fold(field.name);
  const last = fold(data.names.at(-1) ?? '');
  if (last === wanted) return 100;
  if (data.names.slice(-2).map(fold).join('') === wanted) return 90;
  if (areSynonyms(wanted, last)) return 80;
  if (isBeginning(wanted, last) || haveSameWords(field.name, data.names.slice(-2))) return 70;
  return isDescribed(field, data) ? 60 : 0;
}

/** `shipping_city` and `shipping.city_name`: every word of the field is there, and the last name gives one of them. */
function haveSameWords(name: string, names: readonly string[]): boolean {
  const wanted = tokensOf(name);
  const given = names.flatMap(tokensOf);
  const last = tokensOf(names.at(-1) ?? '');
  if (wanted.length < 2) return false;
  const isThere = (word: string): boolean => given.some((other) => areAlike(word, other));
  return wanted.every(isThere) && wanted.some((word) => last.some((other) => areAlike(word, other)));
}

function isDescribed({ name, title, description }: WantedField, data: GivenData): boolean {
  const last = data.names.at(-1) ?? '';
  const ofField = new Set([...wordsOf(title), ...wordsOf(description)]);
  const ofData = new Set(wordsOf(data.description));
  const names = (word: string, others: ReadonlySet<string>): boolean =>
    [...others].some((other) => other === word || isBeginning(word, other));
  if (wordsOf(name).some((word) => names(word, ofData))) return true;
  if (wordsOf(last).some((word) => names(word, ofField))) return true;
  return [...ofField].filter((word) => ofData.has(word)).length >= 2;
}
