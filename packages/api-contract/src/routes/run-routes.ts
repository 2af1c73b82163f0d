import { z } from 'zod';
import { routePaths } from '../client/route-paths.ts';
import { IdSchema, InstantSchema, found, page, writeResult } from '../resources/envelope.ts';
import {
  RunSchema,
  RunSearchQuerySchema,
  RunStatsSchema,
  RunStepDataSchema,
  RunSummarySchema,
  StartRunSchema,
} from '../resources/run.ts';
import { defineRoute, editors } from './route.ts';

const id = z.object({ id: IdSchema });

export const runRoutes = {
  startRun: defineRoute({
    path: routePaths.startRun,
    summary: 'Start a run of the live version, of another one, or of the draft.',
    tag: 'run',
    access: editors,
    body: StartRunSchema,
    response: writeResult('created'),
    status: 202,
    errors: ['flow_not_found', 'flow_not_published', 'flow_invalid', 'run_input_invalid', 'service_unavailable'],
  }),
  searchRuns: defineRoute({
    path: routePaths.searchRuns,
    summary: 'Runs of your tenant, newest first.',
    tag: 'run',
    access: 'signed-in',
    query: RunSearchQuerySchema,
    response: page(RunSummarySchema),
    status: 200,
    errors: [],
  }),
  getRunStats: defineRoute({
    path: routePaths.getRunStats,
    summary: 'Figures over a period: runs per bucket, failing flows.',
    tag: 'run',
    access: 'signed-in',
    query: z.object({
      from: InstantSchema.optional().describe('Default: 24 hours ago.'),
      buckets: z.coerce.number().int().min(1).max(200).default(24),
      flowId: IdSchema.optional(),
    }),
    response: RunStatsSchema,
    status: 200,
    errors: [],
  }),
  getRun: defineRoute({
    path: routePaths.getRun,
    summary: 'A run with all its steps.',
    tag: 'run',
    access: 'signed-in',
    params: id,
    response: found(RunSchema),
    status: 200,
    errors: ['run_not_found'],
  }),
  getRunStep: defineRoute({
    path: routePaths.getRunStep,
    summary: 'Input, output and attempts of one executed step.',
    tag: 'run',
    access: 'signed-in',
    params: id,
    query: z.object({ path: z.string().min(1).max(1_000) }),
    response: found(RunStepDataSchema),
    status: 200,
    errors: ['run_not_found', 'run_step_not_found'],
  }),
  cancelRun: defineRoute({
    path: routePaths.cancelRun,
    summary: 'Ask a run to cancel.',
    tag: 'run',
    access: editors,
    params: id,
    response: writeResult('updated'),
    status: 200,
    errors: ['run_not_found', 'run_already_closed'],
  }),
} as const;
