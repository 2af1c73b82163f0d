import type { JsonSchema, JsonValue } from '@patchbay/flow-model';

/** The narrowest simple schema that a sample fits. Fields of objects are known but not required: a sample is only one example. */
export function inferSchema(sample: JsonValue): JsonSchema {
  if (sample === null) return {};
  if (Array.isArray(sample)) {
    const items = sample.map((item) => inferSchema(item));
    return items.length === 0
      ? { type: 'array' }
      : { type: 'array', items: items.reduce((merged, next) => mergeSchemas(merged, next)) };
  }
  switch (typeof sample) {
    case 'object':
      return {
        type: 'object',
        properties: Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, inferSchema(value)])),
      };
    case 'number':
      return { type: 'number' };
    case 'boolean':
      return { type: 'boolean' };
    default:
      return isInstant(sample) ? { type: 'string', format: 'date-time' } : { type: 'string' };
  }
}

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);

/** A schema that both fit: fields of both objects, items of both lists; anything else when the types differ. */
function mergeSchemas(a: JsonSchema, b: JsonSchema): JsonSchema {
  if (a['type'] !== b['type']) return a['type'] === undefined ? b : b['type'] === undefined ? a : {};
  if (a['type'] === 'object') {
    const left = (a['properties'] ?? {}) as Record<string, JsonSchema>;
    const right = (b['properties'] ?? {}) as Record<string, JsonSchema>;
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, mergeSchemas(left[name] ?? {}, right[name] ?? {})])),
    };
  }
  return JSON.stringify(a) === JSON.stringify(b) ? a : { ...(a['type'] === undefined ? {} : { type: a['type'] }) };
}
