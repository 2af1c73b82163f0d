const mostCharacters = 50;

/** A slug from a name (DI-06): small letters, digits and hyphens, starting with a letter. */
export function makeSlug(name: string): string {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const slug = /^[a-z]/.test(words) ? words : ['connector', words].filter((part) => part !== '').join('-');
  return slug.slice(0, mostCharacters).replace(/-+$/, '');
}
