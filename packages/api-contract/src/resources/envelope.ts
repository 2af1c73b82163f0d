import { z } from 'zod';

/** ISO 8601 instant with offset. */
export const InstantSchema = z.iso.datetime({ offset: true }).meta({ id: 'Instant' });

/** Opaque id of a resource (a ULID, or a slug where a route says so). */
export const IdSchema = z.string().min(1).max(80);

/** Answer to a write, in the convention of the connector API. */
export const writeResult = <Result extends string>(result: Result) =>
  z.object({ _id: IdSchema, result: z.literal(result), revision: z.number().int().optional() });

/** One resource. */
export const found = <Source extends z.ZodType>(source: Source) =>
  z.object({ _id: IdSchema, _source: source, found: z.literal(true) });

/** A page of a list. `took` is in milliseconds. */
export const page = <Source extends z.ZodType>(source: Source) =>
  z.object({
    took: z.number(),
    hits: z.object({
      total: z.object({ value: z.number().int(), relation: z.literal('eq') }),
      hits: z.array(z.object({ _id: IdSchema, _source: source })),
    }),
  });

/** Rows of a page whose reader may have chosen fields: at run time each may be absent, to those who choose none all are there. */
export const chosen = <Source extends z.ZodObject>(source: Source): Source => source.partial() as unknown as Source;

/** Query of every `_search`: `size` is at most 200; `sort` is `field` or `-field`. */
export const SearchQuerySchema = z.object({
  query: z.string().max(200).optional(),
  from: z.coerce.number().int().min(0).max(100_000).default(0),
  size: z.coerce.number().int().min(0).max(200).default(20),
  sort: z.string().max(60).optional(),
});

const listOf = z
  .union([z.string().max(2_000), z.array(z.string().max(2_000)).max(50)])
  .transform((value) => (Array.isArray(value) ? value : [value]));

/**
 * Query of the connector searches. `sort` is `field`, `-field` or `a:desc,b:asc`. `filter` may be given many times: `f:v`, `f=v`,
 * `f>=v`, `f<=v`, `f>v`, `f<v`, `f:any(a,b)`, `exists(f)`, a leading `-` or `!` negates; terms of one field are ORed.
 * `_source_includes` and `_source_excludes` choose fields, separated by commas.
 */
export const FilteredSearchQuerySchema = SearchQuerySchema.extend({
  sort: z.string().max(200).optional(),
  filter: listOf.optional(),
  _source_includes: z.string().max(500).optional(),
  _source_excludes: z.string().max(500).optional(),
});

/** Fields every stored resource has. */
export const storedFields = {
  id: IdSchema,
  created: InstantSchema,
  updated: InstantSchema,
  revision: z.number().int().min(1),
};
