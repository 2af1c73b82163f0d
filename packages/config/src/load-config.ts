import { AppError, type FieldProblem } from '@patchbay/errors';
import type { z } from 'zod';
import type { Environment } from './environment.ts';

/** A configuration schema: one object, its keys the names of the variables. */
export type ConfigSchema = z.ZodObject;

/**
 * Reads the keys of `schema` from `env` and freezes the result. An empty variable counts as absent.
 *
 * @throws AppError `config_invalid` once with *all* missing or wrong keys in `details.fields`; the values never appear.
 */
export function loadConfig<Schema extends ConfigSchema>(schema: Schema, env: Environment): Readonly<z.output<Schema>> {
  const known = Object.keys(schema.shape).flatMap((key) => {
    const value = env[key];
    return value === undefined || value === '' ? [] : [[key, value] as const];
  });
  const result = schema.safeParse(Object.fromEntries(known));
  if (result.success) return Object.freeze(result.data);
  const fields = result.error.issues.map((issue) => toProblem(issue, env));
  throw new AppError('config_invalid', {
    message: `The configuration is not valid: ${fields.map((field) => `${field.path.slice(1)} ${field.message}`).join('; ')}.`,
    details: { fields },
  });
}

function toProblem(issue: z.core.$ZodIssue, env: Environment): FieldProblem {
  const key = String(issue.path[0] ?? '');
  const isMissing = key !== '' && (env[key] === undefined || env[key] === '');
  return {
    path: `/${issue.path.map(String).join('/')}`,
    message: isMissing ? 'is missing' : lowerFirst(issue.message),
  };
}

function lowerFirst(text: string): string {
  return `is wrong: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
