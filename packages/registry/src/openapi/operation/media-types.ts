/** Kinds of content that we treat differently. */
export type MediaKind = 'json' | 'form' | 'multipart' | 'text' | 'binary';

/** Best first. */
const preference: readonly MediaKind[] = ['json', 'form', 'multipart', 'text', 'binary'];

/** What a content type means for us; parameters such as `charset` play no part. */
export function kindOf(contentType: string): MediaKind {
  const type = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (/^(\*\/\*|application\/\*)$/.test(type) || /[/+]json$/.test(type)) return 'json';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type === 'multipart/form-data') return 'multipart';
  if (type.startsWith('text/') || /[/+](xml|yaml|x-yaml|javascript|graphql|sql|x-ndjson|jsonlines)$/.test(type))
    return 'text';
  return 'binary';
}

/** The content type we understand best; the first of those. */
export function bestOf(types: readonly string[]): string | undefined {
  for (const kind of preference) {
    const exact = types.find((type) => kindOf(type) === kind && !type.includes('*'));
    const found = exact ?? types.find((type) => kindOf(type) === kind);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The type as it is sent: a range means JSON. */
export function concreteType(contentType: string): string {
  return contentType.includes('*') ? 'application/json' : contentType.trim();
}
