import { z } from 'zod';
import { type JsonObjectSchema, JsonValueSchema } from './json.ts';

/** Key of a step: how expressions refer to it. Unique in the whole flow, also across scopes. */
export const StepKeySchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'A key starts with a letter and holds small letters, digits and underscores.')
  .meta({ id: 'StepKey', description: 'Unique key of a step; expressions refer to it.', examples: ['look_up_stock'] });

/**
 * How a value is written (web.md 5.3). A literal, `{{ }}` text, or a formula; nested objects and lists hold bindings again.
 * - `{"value": 1}` literal of any JSON type
 * - `{"template": "Hi {{ trigger.name }}"}` text with data, always gives a string
 * - `{"formula": "trigger.qty * 2"}` a whole-field CEL expression, type kept
 * - `{"object": {"a": <binding>}}` and `{"list": [<binding>]}` compose
 */
export type Binding =
  | { value: z.infer<typeof JsonValueSchema> }
  | { template: string }
  | { formula: string }
  | { object: { [key: string]: Binding } }
  | { list: Binding[] };

const expressionText = z.string().max(8_000);

export const BindingSchema: z.ZodType<Binding> = z
  .lazy(() =>
    z.union([
      z.strictObject({ value: JsonValueSchema }),
      z.strictObject({ template: expressionText }),
      z.strictObject({ formula: expressionText }),
      z.strictObject({
        object: z.record(
          z.string().refine((key) => key !== '__proto__', { message: 'This key is not allowed.' }),
          BindingSchema,
        ),
      }),
      z.strictObject({ list: z.array(BindingSchema) }),
    ]),
  )
  .meta({ id: 'Binding' });

const common = {
  key: StepKeySchema,
  title: z.string().trim().min(1).max(120),
  /** A disabled step is skipped; its successors run as if it had succeeded with output null. */
  disabled: z.boolean().optional(),
  note: z.string().max(4_000).optional(),
};

/** Overrides of the connector's resilience for one step. Absent fields keep the connector's value. */
export const StepResilienceSchema = z
  .strictObject({
    timeoutMs: z.number().int().min(100).max(86_400_000).optional(),
    maxRetries: z.number().int().min(0).max(100).optional(),
    retryDelayMs: z.number().int().min(0).max(3_600_000).optional(),
    backoff: z.enum(['none', 'linear', 'exponential']).optional(),
  })
  .meta({ id: 'StepResilience' });

/** Calls one operation of a connector. */
export const OperationStepSchema = z.strictObject({
  ...common,
  kind: z.literal('operation'),
  connector: z.string().min(1).describe('Slug of the connector.'),
  /** Exact version; the newest published one is taken when the step is added and locked here. */
  version: z.string().min(1),
  operation: z.string().min(1),
  connectionId: z.string().optional(),
  input: z.record(z.string(), BindingSchema),
  resilience: StepResilienceSchema.optional(),
});

/** One labelled way out of a branch. The port id is the case id; the last port is always `otherwise`. */
export const BranchCaseSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,30}$/),
  label: z.string().trim().min(1).max(60),
  /** Formula; for `if` it gives a boolean, for `switch` it is compared with `==` to the value of `on`. */
  when: expressionText,
});

/** `if`: cases with boolean formulas, the first true one is taken. `switch`: the first case whose value equals `on`. */
export const BranchStepSchema = z.strictObject({
  ...common,
  kind: z.literal('branch'),
  mode: z.enum(['if', 'switch']),
  on: expressionText.optional(),
  cases: z.array(BranchCaseSchema).min(1).max(20),
  otherwiseLabel: z.string().trim().min(1).max(60).optional(),
});

/** Builds a value from earlier data; runs inside the workflow, no activity. */
export const TransformStepSchema = z.strictObject({
  ...common,
  kind: z.literal('transform'),
  output: BindingSchema,
});

/** Runs its body scope for each item of a list. Inside: `loop.item`, `loop.index`. Output: list of the results in order. */
export const ForEachStepSchema = z.strictObject({
  ...common,
  kind: z.literal('for_each'),
  items: expressionText.describe('Formula that gives a list.'),
  concurrency: z.number().int().min(1).max(50).default(1),
  /** What one iteration gives; absent: the output of the last step of the body. */
  result: BindingSchema.optional(),
});

/** Runs its body; on failure runs the catch scope, where `error` holds code, message, step and attempts. */
export const TryStepSchema = z.strictObject({ ...common, kind: z.literal('try') });

/** Waits for a duration (ISO 8601 or formula giving seconds) or until an instant. */
export const WaitStepSchema = z.strictObject({
  ...common,
  kind: z.literal('wait'),
  wait: z.union([
    z.strictObject({ durationSeconds: BindingSchema }),
    z.strictObject({ until: BindingSchema.describe('ISO 8601 instant.') }),
  ]),
});

/** Answers a synchronous trigger. At most one respond step is executed per run; the run goes on after it. */
export const RespondStepSchema = z.strictObject({
  ...common,
  kind: z.literal('respond'),
  status: BindingSchema,
  headers: z.record(z.string(), BindingSchema).optional(),
  body: BindingSchema.optional(),
});

/** Ends the run: `succeeded` with the output, or `failed` with a message. */
export const StopStepSchema = z.strictObject({
  ...common,
  kind: z.literal('stop'),
  outcome: z.enum(['succeeded', 'failed']),
  message: BindingSchema.optional(),
  output: BindingSchema.optional(),
});

/** A step of a flow. `wait_event`, `approval`, `sub_flow` and `scope` (saga) join this union when they are built. */
export const StepSchema = z
  .discriminatedUnion('kind', [
    OperationStepSchema,
    BranchStepSchema,
    TransformStepSchema,
    ForEachStepSchema,
    TryStepSchema,
    WaitStepSchema,
    RespondStepSchema,
    StopStepSchema,
  ])
  .meta({ id: 'Step' });

export type Step = z.infer<typeof StepSchema>;
export type StepKind = Step['kind'];
export type StepOf<Kind extends StepKind> = Extract<Step, { kind: Kind }>;
export type StepResilience = z.infer<typeof StepResilienceSchema>;
export type BranchCase = z.infer<typeof BranchCaseSchema>;
export type JsonInput = z.infer<typeof JsonObjectSchema>;
