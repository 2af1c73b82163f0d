import { expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { defineOperation } from './define-operation.ts';

it('infers input and output of run from the schemas', () => {
  const operation = defineOperation({
    name: 'add',
    title: 'Add',
    effect: 'read',
    input: z.strictObject({ left: z.number(), right: z.number().default(1) }),
    output: z.strictObject({ sum: z.number() }),
    run: async (input, context) => {
      expectTypeOf(input).toEqualTypeOf<{ left: number; right: number }>();
      expectTypeOf(context.idempotencyKey).toEqualTypeOf<string>();
      return { sum: input.left + input.right };
    },
  });
  expectTypeOf(operation.run).returns.resolves.toEqualTypeOf<{ sum: number }>();
});

it('refuses an output of the wrong shape', () => {
  defineOperation({
    name: 'bad',
    title: 'Bad',
    effect: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ sum: z.number() }),
    // @ts-expect-error the output must fit its schema
    run: async () => ({ sum: 'text' }),
  });
});

it('refuses a sample that does not fit the input', () => {
  defineOperation({
    name: 'bad',
    title: 'Bad',
    effect: 'read',
    input: z.strictObject({ left: z.number() }),
    output: z.unknown(),
    // @ts-expect-error the sample must fit the input
    samples: [{ input: { left: 'text' } }],
    run: async () => null,
  });
});
