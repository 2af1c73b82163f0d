import type { DocumentSet } from '../source/document-set.ts';
import { childOf, childrenOf, type Located } from '../source/located.ts';

/**
 * The values of a discriminator that mean each variant, in the order of the variants; undefined unless its mapping names every one. A name
 * in a mapping may stand for a schema of the components.
 */
export function discriminatedValues(
  documents: DocumentSet,
  discriminator: Located,
  variants: readonly Located[],
): readonly (readonly string[])[] | undefined {
  const mapping = childrenOf(childOf(discriminator, 'mapping')).map(([value, target]) => ({
    value,
    place: placeOf(documents, target),
  }));
  const values = variants.map((variant) => {
    const place = keyOf(documents.resolve(variant));
    return mapping.filter((entry) => entry.place !== undefined && entry.place === place).map(({ value }) => value);
  });
  return values.every((list) => list.length > 0) ? values : undefined;
}

function placeOf(documents: DocumentSet, target: Located): string | undefined {
  const { value, base } = target;
  if (typeof value !== 'string') return undefined;
  const byName = { value: { $ref: `#/components/schemas/${value}` }, base };
  return keyOf(documents.resolve({ value: { $ref: value }, base }) ?? documents.resolve(byName));
}

function keyOf(part: Located | undefined): string | undefined {
  return part?.pointer === undefined ? undefined : `${part.base}#${part.pointer}`;
}
