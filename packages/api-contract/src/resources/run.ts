import { z } from 'zod';
import { FlowDocumentSchema } from '@patchbay/flow-model';
import { IdSchema, InstantSchema, SearchQuerySchema } from './envelope.ts';

export const RunStateSchema = z
  .enum(['queued', 'running', 'succeeded', 'failed', 'cancelled'])
  .meta({ id: 'RunState' });
export const StepStateSchema = z
  .enum(['pending', 'running', 'waiting', 'retrying', 'succeeded', 'failed', 'skipped', 'cancelled'])
  .meta({ id: 'StepState' });

export const RunErrorSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    hint: z.string().optional(),
    retryable: z.boolean(),
    attempts: z.number().int(),
    stepPath: z.string(),
    details: z.unknown().optional(),
  })
  .meta({ id: 'RunError' });

/** A row of the list of runs. */
export const RunSummarySchema = z
  .object({
    id: IdSchema,
    flowId: IdSchema,
    flowName: z.string(),
    flowVersion: z.number().int().optional().describe('Absent: a test run of the draft.'),
    state: RunStateSchema,
    isTest: z.boolean(),
    triggerKind: z.string(),
    started: InstantSchema,
    ended: InstantSchema.optional(),
    durationMs: z.number().optional(),
    error: RunErrorSchema.optional(),
    failedStep: z.string().optional().describe('Title of the step that failed.'),
  })
  .meta({ id: 'RunSummary' });
export type RunSummary = z.infer<typeof RunSummarySchema>;

/** One attempt of an operation. */
export const AttemptSchema = z
  .object({
    number: z.number().int(),
    state: z.enum(['running', 'succeeded', 'failed']),
    started: InstantSchema,
    ended: InstantSchema.optional(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
    /** What was sent and answered, secrets redacted. */
    call: z
      .object({
        method: z.string(),
        url: z.string(),
        status: z.number().int().optional(),
        durationMs: z.number(),
        requestHeaders: z.record(z.string(), z.string()),
        responseHeaders: z.record(z.string(), z.string()),
        requestBytes: z.number().optional(),
        responseBytes: z.number().optional(),
      })
      .optional(),
  })
  .meta({ id: 'Attempt' });

/** One step as executed, without its data. */
export const RunStepSchema = z
  .object({
    path: z.string(),
    key: z.string(),
    title: z.string(),
    kind: z.string(),
    state: StepStateSchema,
    started: InstantSchema.optional(),
    ended: InstantSchema.optional(),
    attempts: z.number().int(),
    takenPorts: z.array(z.string()).optional(),
    error: RunErrorSchema.optional(),
  })
  .meta({ id: 'RunStep' });
export type RunStep = z.infer<typeof RunStepSchema>;

/** A run as the run view shows it: the flow that ran, and each step. */
export const RunSchema = RunSummarySchema.extend({
  document: FlowDocumentSchema,
  steps: z.array(RunStepSchema),
  /** Given in the Prefer header or when the run has ended. */
  output: z.unknown().optional(),
  reply: z
    .object({ status: z.number().int(), headers: z.record(z.string(), z.string()), body: z.unknown() })
    .optional(),
  lastGoodRunId: IdSchema.optional(),
}).meta({ id: 'Run' });
export type Run = z.infer<typeof RunSchema>;

/** The data of one executed step. */
export const RunStepDataSchema = RunStepSchema.extend({
  input: z.unknown(),
  output: z.unknown(),
  attemptLog: z.array(AttemptSchema),
}).meta({ id: 'RunStepData' });
export type RunStepData = z.infer<typeof RunStepDataSchema>;

export const StartRunSchema = z
  .strictObject({
    flowId: IdSchema,
    /** Data of the trigger. */
    input: z.unknown().optional(),
    /** `draft` makes a test run; a number runs that published version; absent: the live one. */
    version: z.union([z.literal('draft'), z.number().int().min(1)]).optional(),
    idempotencyKey: z.string().min(1).max(200).optional(),
  })
  .meta({ id: 'StartRun' });

export const RunSearchQuerySchema = SearchQuerySchema.extend({
  flowId: IdSchema.optional(),
  state: z.string().max(120).optional().describe('One or more states, separated by commas.'),
  triggerKind: z.string().max(40).optional(),
  isTest: z.enum(['true', 'false']).optional(),
  startedAfter: InstantSchema.optional(),
  startedBefore: InstantSchema.optional(),
});

/** Figures for Home and the histogram of the runs page. */
export const RunStatsSchema = z
  .object({
    running: z.number().int(),
    buckets: z.array(
      z.object({
        from: InstantSchema,
        succeeded: z.number().int(),
        failed: z.number().int(),
        cancelled: z.number().int(),
      }),
    ),
    failingFlows: z.array(
      z.object({
        flowId: IdSchema,
        flowName: z.string(),
        failed: z.number().int(),
        lastRunId: IdSchema,
        message: z.string(),
      }),
    ),
    liveFlows: z.number().int(),
    connectionsToFix: z.number().int(),
  })
  .meta({ id: 'RunStats' });
