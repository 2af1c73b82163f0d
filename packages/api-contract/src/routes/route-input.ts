import type { z } from 'zod';
import type { RouteId } from '../client/route-paths.ts';
import type { Routes } from './index.ts';

/** Body of a route as its handler gets it: validated, defaults filled. */
export type RouteBody<Id extends RouteId> = Routes[Id] extends { body: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;

/** Query of a route as its handler gets it: validated, defaults filled. */
export type RouteQuery<Id extends RouteId> = Routes[Id] extends { query: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;
