import type { RouteBody, RouteId, RouteQuery, RouteResponse, Routes } from '@patchbay/api-contract';
import type { Principal } from '@patchbay/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';

type RouteParams<Id extends RouteId> = Routes[Id] extends { params: infer Schema extends z.ZodType }
  ? z.output<Schema>
  : undefined;

/** A request as a handler gets it: validated by the schemas of its route. */
export interface RouteCall<Id extends RouteId> {
  readonly params: RouteParams<Id>;
  readonly query: RouteQuery<Id>;
  readonly body: RouteBody<Id>;
  /** Who calls; a public route has nobody. */
  readonly principal: Routes[Id]['access'] extends 'public' ? undefined : Principal;
  /** From `If-Match`; always there if the route needs a revision. */
  readonly revision: Routes[Id] extends { needsRevision: true } ? number | '*' : number | '*' | undefined;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Gives the body of the answer, or throws an AppError. */
export type RouteHandler<Id extends RouteId> = (call: RouteCall<Id>) => Promise<RouteResponse<Id>>;

/** Handlers of some routes by operation id. */
export type RouteHandlers<Ids extends RouteId = RouteId> = { readonly [Id in Ids]: RouteHandler<Id> };
