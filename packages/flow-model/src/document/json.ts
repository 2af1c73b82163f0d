import { z } from 'zod';

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A JSON object. */
export type JsonObject = { [key: string]: JsonValue };

/** Accepts any JSON value; keys that could reach a prototype are refused. */
export const JsonValueSchema: z.ZodType<JsonValue> = z
  .lazy(() => z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(JsonValueSchema), JsonObjectSchema]))
  .meta({ id: 'JsonValue' });

/** Accepts a JSON object without prototype keys. */
export const JsonObjectSchema: z.ZodType<JsonObject> = z
  .lazy(() =>
    z.record(
      z.string().refine((key) => key !== '__proto__', { message: 'This key is not allowed.' }),
      JsonValueSchema,
    ),
  )
  .meta({ id: 'JsonObject' });

/** A JSON Schema (draft 2020-12) as data. */
export type JsonSchema = JsonObject;
