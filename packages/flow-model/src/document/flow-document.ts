import { z } from 'zod';
import { JsonObjectSchema, JsonValueSchema } from './json.ts';
import { StepKeySchema, StepSchema } from './step.ts';

/** Newest version of the document schema; `migrateDocument` lifts older ones. */
export const currentSchemaVersion = 1;

/** Id of a scope: `root`, or `<key of the container step>.<body | catch>`. */
export const ScopeIdSchema = z.string().regex(/^(root|[a-z][a-z0-9_]{0,62}\.(body|catch))$/);

/**
 * A wire from a port of one step to another step of the same scope. `port` is `out` for most steps,
 * a case id or `otherwise` for a branch. Steps without an incoming edge start with their scope.
 */
export const EdgeSchema = z
  .strictObject({ from: StepKeySchema, port: z.string().min(1).max(40), to: StepKeySchema })
  .meta({ id: 'Edge' });

/** A scope is a DAG: ids of the steps that stand in it and the wires between them. */
export const ScopeSchema = z
  .strictObject({ steps: z.array(StepKeySchema), edges: z.array(EdgeSchema) })
  .meta({ id: 'Scope' });

/** What starts the flow. More kinds (schedule, polling, flow) come with their issue. */
export const TriggerSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('manual'),
      title: z.string().trim().min(1).max(120),
      /** JSON Schema of the input form. */
      inputSchema: JsonObjectSchema,
    }),
    z.strictObject({
      kind: z.literal('webhook'),
      title: z.string().trim().min(1).max(120),
      /** JSON Schema of the body; the trigger data is `{ body, query, headers, method }`. */
      bodySchema: JsonObjectSchema,
      /** `sync` waits for the respond step (at most 25 s), `async` answers 202 at once. */
      reply: z.enum(['async', 'sync']),
      auth: z.enum(['none', 'secret', 'hmac']),
      maxBodyBytes: z.number().int().min(1).max(10_485_760).default(1_048_576),
    }),
  ])
  .meta({ id: 'Trigger' });

const PointSchema = z.strictObject({ x: z.number(), y: z.number() });

/** Where things stand on the canvas. Never part of the plan: moving a step is no new version. */
export const LayoutSchema = z
  .strictObject({
    /** Position of the top-left corner, relative to its scope's content origin. The trigger's key is `trigger`. */
    positions: z.record(z.string(), PointSchema),
    collapsed: z.array(StepKeySchema).optional(),
  })
  .meta({ id: 'Layout' });

/** Sample data that a person pinned or the last test gave: step key (or `trigger`) to output. Not part of the plan. */
export const SamplesSchema = z.record(z.string(), JsonValueSchema);

/** The flow document as people edit it, store it and exchange it (JSON; YAML says the same). */
export const FlowDocumentSchema = z
  .strictObject({
    schemaVersion: z.literal(currentSchemaVersion),
    name: z.string().trim().min(1).max(120),
    description: z.string().max(4_000).default(''),
    /** `fast`: short repeatable operations run as local activities (engine.md 5.1). `auto`: fast iff the trigger is a synchronous webhook. */
    mode: z.enum(['auto', 'standard', 'fast']).default('auto'),
    trigger: TriggerSchema,
    /** All steps of all scopes by key. */
    steps: z.record(StepKeySchema, StepSchema),
    /** Scopes by id; `root` always exists, each `for_each` has `<key>.body`, each `try` has `<key>.body` and `<key>.catch`. */
    scopes: z.record(ScopeIdSchema, ScopeSchema),
    layout: LayoutSchema,
    samples: SamplesSchema.default({}),
  })
  .meta({ id: 'FlowDocument' });

export type FlowDocument = z.infer<typeof FlowDocumentSchema>;
export type Trigger = z.infer<typeof TriggerSchema>;
export type TriggerKind = Trigger['kind'];
export type Scope = z.infer<typeof ScopeSchema>;
export type Edge = z.infer<typeof EdgeSchema>;
export type Layout = z.infer<typeof LayoutSchema>;
