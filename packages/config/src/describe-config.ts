import type { ConfigSchema } from './load-config.ts';

/** One row of the generated configuration page. */
export interface ConfigKeyDescription {
  readonly key: string;
  readonly description: string;
  readonly isRequired: boolean;
  /** Text of the value used when the variable is absent. */
  readonly defaultValue?: string;
}

/** What a person must know of each key of a configuration schema, in the order of the schema. */
export function describeConfig(schema: ConfigSchema): ConfigKeyDescription[] {
  return Object.entries(schema.shape).map(([key, field]) => describeKey(key, field));
}

function describeKey(key: string, field: ConfigSchema['shape'][string]): ConfigKeyDescription {
  const absent = (field as unknown as { safeParse(value: unknown): { success: boolean; data?: unknown } }).safeParse(
    undefined,
  );
  return {
    key,
    description: descriptionOf(field),
    isRequired: !absent.success,
    ...(absent.data === undefined ? {} : { defaultValue: printable(absent.data) }),
  };
}

/** `.default()` and `.optional()` wrap the described schema, so the description may sit some layers down. */
function descriptionOf(field: unknown): string {
  const layer = field as { description?: string; _zod: { def: { innerType?: unknown } } };
  if (layer.description !== undefined) return layer.description;
  return layer._zod.def.innerType === undefined ? '' : descriptionOf(layer._zod.def.innerType);
}

function printable(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
