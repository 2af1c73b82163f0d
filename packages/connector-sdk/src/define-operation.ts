import type { Effect, Operation, Resilience } from '@patchbay/manifest';
import type { z } from 'zod';
import type { OperationContext } from './operation-context.ts';

/** One thing a connector with code can do. The types of `run` flow from the two schemas. */
export interface OperationDefinition<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodType = z.ZodType> {
  /** camelCase verb first; the name in code, manifest and flow. */
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  /** What repeating a call does; decides retries. */
  readonly effect: Effect;
  /** A strict object; it holds nothing JSON Schema cannot say. */
  readonly input: Input;
  readonly output: Output;
  /** Widgets by JSON pointer of the input field. */
  readonly ui?: Operation['ui'];
  readonly samples?: readonly OperationSample<z.input<Input>, z.output<Output>>[];
  readonly resilience?: Partial<Resilience>;
  readonly deprecated?: NonNullable<Operation['deprecated']>;
  /** Does the work. `input` is parsed; what it returns is checked against `output`. Failures are thrown with `operationError`. */
  run(input: z.output<Input>, context: OperationContext): Promise<z.input<Output>>;
}

/** An input with the output it gives; shown in the docs and checked by the conformance suite. */
export interface OperationSample<Input, Output> {
  readonly input: Input;
  readonly output?: Output;
}

/**
 * Declares an operation.
 *
 * @example
 * ```ts
 * export const echo = defineOperation({
 *   name: 'echo', title: 'Echo', effect: 'read',
 *   input: z.strictObject({ text: z.string() }),
 *   output: z.strictObject({ text: z.string() }),
 *   run: async (input) => input,
 * });
 * ```
 */
export function defineOperation<Input extends z.ZodObject, Output extends z.ZodType>(
  definition: OperationDefinition<Input, Output>,
): OperationDefinition<Input, Output> {
  return Object.freeze(definition);
}
