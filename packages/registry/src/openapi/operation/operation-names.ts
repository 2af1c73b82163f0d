/** What a name is made from. */
export interface NameSource {
  /** `GET /pets/{id}`. */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly operationId: string | undefined;
}

const maxName = 80;
const verbs: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'replace',
  PATCH: 'update',
  DELETE: 'delete',
};

/**
 * A name for each operation by its key: `operationId` in our form, else made of method and path. Names that clash get a
 * number in the order of their keys, so that the order in the description plays no part.
 */
export function nameOperations(sources: readonly NameSource[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const source of sources.toSorted((left, right) => (left.key < right.key ? -1 : 1))) {
    const wanted = toIdentifier(source.operationId ?? '') ?? toIdentifier(describe(source)) ?? 'operation';
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) {
      const suffix = `_${String(count)}`;
      name = wanted.slice(0, maxName - suffix.length) + suffix;
    }
    taken.add(name);
    names.set(source.key, name);
  }
  return names;
}

/** `GET /pets/{id}/photos` in words. */
function describe({ method, path }: NameSource): string {
  const words = path.replaceAll('{', ' by ').replaceAll('}', ' ');
  return `${verbs[method] ?? method.toLowerCase()} ${words}`;
}

/** `repos/get-branch` becomes `reposGetBranch`; undefined if nothing is left. */
export function toIdentifier(text: string): string | undefined {
  const words = text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^A-Za-z0-9_]+/g, ' ')
    .trim()
    .split(' ');
  const joined = words
    .map((word, index) => (index === 0 ? lowerStart(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
    .replace(/^[0-9_]+/, '');
  const name = lowerStart(joined).slice(0, maxName);
  return /^[a-z]/.test(name) ? name : undefined;
}

/** `ListPets` becomes `listPets`, `URLOf` becomes `urlOf`. */
function lowerStart(word: string): string {
  return word.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());
}

/** A title for people: the summary, or the name in words. */
export function titleOf(summary: string | undefined, name: string): string {
  const title = summary?.trim().split('\n', 1)[0]?.replace(/\.$/, '').slice(0, 120) ?? '';
  if (title.trim() !== '') return title.trim();
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .trim()
    .toLowerCase();
  return (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, 120);
}
