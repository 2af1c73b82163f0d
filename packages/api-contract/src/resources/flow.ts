import { z } from 'zod';
import { FlowDocumentSchema, TriggerSchema } from '@patchbay/flow-model';
import { IdSchema, InstantSchema, storedFields } from './envelope.ts';

/** A problem of a flow; the same shape as `FlowIssue` of flow-model. */
export const FlowIssueSchema = z
  .object({
    severity: z.enum(['error', 'warning']),
    code: z.string(),
    message: z.string(),
    step: z.string().optional(),
    field: z.string().optional(),
    column: z.number().int().optional(),
    fix: z.object({ label: z.string(), replacement: z.string() }).optional(),
  })
  .meta({ id: 'FlowIssue' });

export const FlowStateSchema = z.enum(['draft', 'live', 'live_with_changes', 'off']).meta({ id: 'FlowState' });

const lastRun = z.object({ id: IdSchema, state: z.string(), started: InstantSchema });

/** A row of the list of flows. */
export const FlowSummarySchema = z
  .object({
    ...storedFields,
    name: z.string(),
    description: z.string(),
    state: FlowStateSchema,
    triggerKind: z.string(),
    publishedVersion: z.number().int().optional(),
    stepCount: z.number().int(),
    connectors: z.array(z.string()).describe('Slugs in use.'),
    updatedBy: z.string().optional(),
    lastRun: lastRun.optional(),
    /** Runs per day, oldest first, of the last 14 days. */
    history: z.array(z.object({ day: z.string(), succeeded: z.number().int(), failed: z.number().int() })),
  })
  .meta({ id: 'FlowSummary' });
export type FlowSummary = z.infer<typeof FlowSummarySchema>;

export const WebhookInfoSchema = z
  .object({
    url: z.string(),
    auth: z.enum(['none', 'secret', 'hmac']),
    /** Shown to those who may edit the flow. */
    secret: z.string().optional(),
  })
  .meta({ id: 'WebhookInfo' });

/** A flow with its draft. */
export const FlowSchema = FlowSummarySchema.extend({
  document: FlowDocumentSchema,
  webhook: WebhookInfoSchema.optional(),
}).meta({ id: 'Flow' });
export type Flow = z.infer<typeof FlowSchema>;

export const CreateFlowSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    document: FlowDocumentSchema.optional(),
    trigger: TriggerSchema.optional(),
  })
  .meta({ id: 'CreateFlow' });

export const ImportFlowSchema = z
  .strictObject({ text: z.string().min(1).max(1_048_576), format: z.enum(['json', 'yaml']) })
  .meta({ id: 'ImportFlow' });

export const UpdateFlowSchema = z.strictObject({ document: FlowDocumentSchema }).meta({ id: 'UpdateFlow' });

export const PublishFlowSchema = z
  .strictObject({ note: z.string().max(2_000).default('') })
  .meta({ id: 'PublishFlow' });

export const FlowVersionSchema = z
  .object({
    number: z.number().int(),
    note: z.string(),
    planHash: z.string(),
    published: InstantSchema,
    publishedBy: z.string(),
    isLive: z.boolean(),
    document: FlowDocumentSchema.optional(),
  })
  .meta({ id: 'FlowVersion' });

/** Runs one step with the given or sample data. */
export const TestStepSchema = z
  .strictObject({
    step: z.string(),
    /** Scope data by name (`trigger`, step keys); absent names are taken from the document's samples. */
    scope: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'TestStep' });

export const TestStepResultSchema = z
  .object({
    runId: IdSchema,
    state: z.enum(['succeeded', 'failed']),
    input: z.unknown(),
    output: z.unknown(),
    error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).optional(),
    call: z.unknown().optional(),
    durationMs: z.number(),
  })
  .meta({ id: 'TestStepResult' });
