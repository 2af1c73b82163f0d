/** A JSON Schema or a part of one. */
export type Schema = Readonly<Record<string, unknown>>;

const componentPrefix = '#/components/schemas/';

/** Takes schemas out of an OpenAPI document, with all they refer to. */
export interface SchemaBundle {
  /** The schema with its references pointing into `$defs`. */
  inline(schema: unknown): unknown;
  /** The named schema a reference means; any other schema as it is. */
  resolve(schema: Schema): Schema;
  /** Every schema referred to so far, by name; grows while it is read. */
  definitions(): Record<string, unknown>;
}

/** Starts a bundle over `components.schemas` of a document. */
export function createSchemaBundle(components: Readonly<Record<string, Schema>>): SchemaBundle {
  const used = new Map<string, unknown>();

  function inline(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(inline);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key, bound]) => !isSafeIntegerBound(key, bound));
    return Object.fromEntries(entries.map(([key, child]) => [key, key === '$ref' ? refer(child) : inline(child)]));
  }

  function refer(reference: unknown): unknown {
    const path = pathOf(reference);
    if (path === undefined) return reference;
    const name = path.at(-1) ?? '';
    if (!used.has(name)) {
      // Put there before it is filled: schemas refer to themselves.
      used.set(name, {});
      used.set(name, inline(find(components, path)));
    }
    return `#/$defs/${name}`;
  }

  return {
    inline,
    resolve: (schema) => {
      const path = pathOf(schema['$ref']);
      return path === undefined ? schema : find(components, path);
    },
    definitions: () => Object.fromEntries([...used].toSorted(([left], [right]) => (left < right ? -1 : 1))),
  };
}

/** `#/components/schemas/A` is `['A']`; zod writes a nested one as `#/components/schemas/A#/$defs/b`. */
function pathOf(reference: unknown): readonly string[] | undefined {
  if (typeof reference !== 'string' || !reference.startsWith(componentPrefix)) return undefined;
  return reference.slice(componentPrefix.length).replace('#', '').split('/');
}

function find(components: Readonly<Record<string, Schema>>, path: readonly string[]): Schema {
  let found: unknown = components;
  for (const segment of path) {
    // A segment that is not there ends in undefined, which the check below names.
    found = (found as Record<string, unknown> | undefined)?.[segment];
  }
  if (found === undefined) throw new Error(`the OpenAPI document refers to ${path.join('/')}, which it does not have`);
  return found as Schema;
}

/** zod writes the range of safe integers into every integer; in a form it is noise. */
function isSafeIntegerBound(key: string, bound: unknown): boolean {
  return (
    (key === 'minimum' && bound === Number.MIN_SAFE_INTEGER) || (key === 'maximum' && bound === Number.MAX_SAFE_INTEGER)
  );
}
