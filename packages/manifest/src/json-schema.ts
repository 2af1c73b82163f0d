import { z } from 'zod';

/** A JSON Schema (draft 2020-12) as data: a JSON object. Whether it is a good schema is checked by `checkManifest`. */
export const JsonSchemaSchema = z.record(z.string(), z.unknown());
export type JsonSchemaObject = z.infer<typeof JsonSchemaSchema>;
