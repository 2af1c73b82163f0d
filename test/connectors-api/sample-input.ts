/** A value that fits a schema: what must be there, and every plain field. */
type Schema = Record<string, unknown>;

const deepest = 5;
const textsByFormat: Readonly<Record<string, string>> = {
  'date-time': '2026-11-21T10:00:00Z',
  date: '2026-11-21',
  time: '10:00:00Z',
  uuid: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  email: 'sam@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  ipv4: '192.0.2.1',
};

/** Makes it; `root` is where references start. */
export function sampleOf(schema: unknown, root: Schema = isSchema(schema) ? schema : {}, depth = 0): unknown {
  const found = resolve(schema, root);
  if (Array.isArray(found['enum'])) return found['enum'][0];
  if ('const' in found) return found['const'];
  const [variant] = [...listOf(found['oneOf']), ...listOf(found['anyOf'])];
  if (variant !== undefined && found['type'] === undefined) return sampleOf(variant, root, depth);
  switch (typeOf(found)) {
    case 'object':
      return objectOf(found, root, depth);
    case 'array':
      return depth >= deepest ? [] : [sampleOf(found['items'] ?? {}, root, depth + 1)];
    default:
      return plainOf(typeOf(found), found);
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function typeOf(schema: Schema): string {
  const [type] = [schema['type']].flat();
  if (typeof type === 'string') return type;
  return schema['properties'] !== undefined || schema['allOf'] !== undefined ? 'object' : 'string';
}

function objectOf(schema: Schema, root: Schema, depth: number): Schema {
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, unknown>);
  const filled = properties.filter(([name, property]) => {
    const { type } = resolve(property, root);
    return required.has(name) || (depth < deepest && (type === 'string' || type === 'integer' || type === 'boolean'));
  });
  const undescribed = [...required].filter((name) => !properties.some(([known]) => known === name));
  const inherited = listOf(schema['allOf']).map((part) => sampleOf(part, root, depth));
  const own = Object.fromEntries([
    ...undescribed.map((name) => [String(name), 'text']),
    ...filled.map(([name, property]) => [name, sampleOf(property, root, depth + 1)]),
  ]) as Schema;
  return Object.assign({}, ...inherited.filter(isSchema), own) as Schema;
}

function plainOf(type: string, schema: Schema): unknown {
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  if (type === 'integer' || type === 'number') {
    const { minimum, maximum, exclusiveMinimum } = schema;
    if (typeof minimum === 'number') return minimum;
    if (typeof exclusiveMinimum === 'number') return exclusiveMinimum + 1;
    return typeof maximum === 'number' ? Math.min(1, maximum) : 1;
  }
  if (schema['contentEncoding'] === 'base64') return 'aGk=';
  const text = textsByFormat[String(schema['format'])] ?? 'text';
  return text.padEnd(Number(schema['minLength'] ?? 0), 'x').slice(0, Number(schema['maxLength'] ?? 1_000));
}

function resolve(schema: unknown, root: Schema): Schema {
  if (!isSchema(schema)) return {};
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  const found = reference
    .split('/')
    .slice(1)
    .reduce<unknown>((part, key) => (isSchema(part) ? part[key] : undefined), root);
  return resolve(found, root);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
