import { authWord, runtimeWord } from '../../format/words.ts';
import { lookOf } from '../../ui/badge/state-facets.ts';

const publishers: Readonly<Record<string, string>> = { own: 'Your tenant', platform: 'Patchbay' };
const prices: Readonly<Record<string, string>> = { free: 'Free', freemium: 'Free to start', paid: 'Paid' };

/** Filters in the order they are shown: name of the query parameter, head, and how a value reads. */
export const facets = [
  { name: 'category', label: 'Category', word: (value: string) => value },
  { name: 'authType', label: 'Sign-in', word: authWord },
  { name: 'publisher', label: 'Publisher', word: (value: string) => publishers[value] ?? value },
  { name: 'stage', label: 'State', word: (value: string) => lookOf('stage', value).word },
  { name: 'price', label: 'Price', word: (value: string) => prices[value] ?? value },
  { name: 'runtime', label: 'Runs as', word: runtimeWord },
] as const;

/** One of them. */
export type Facet = (typeof facets)[number];

const separator = '|';

/** The chosen values of a filter, as they stand in the address. */
export const chosenValues = (query: string): readonly string[] =>
  query.split(separator).filter((value) => value !== '');

/** The address after a value was chosen or given up; undefined: no value is left. */
export function withValue(query: string, value: string, isChosen: boolean): string | undefined {
  const rest = chosenValues(query).filter((each) => each !== value);
  const values = isChosen ? [...rest, value] : rest;
  return values.length === 0 ? undefined : values.join(separator);
}
