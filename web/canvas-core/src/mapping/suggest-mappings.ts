/** Proposes data for the empty fields of a step: by name and type. A person accepts or ignores it; nothing is applied. */
import type { JsonSchema, JsonValue } from '@patchbay/flow-model';
import { writePath } from '@patchbay/flow-model/expression';
import { dataTree, type DataRow, type DataType } from './data-tree.ts';

/** One name that formulas can use. */
export interface SuggestionSource {
  readonly root: string;
  readonly schema: JsonSchema;
  readonly sample?: JsonValue | undefined;
  /** True if it may be missing in a run: proposals are written with `?`. */
  readonly mayNotHaveRun: boolean;
}

/** A proposal for one field. */
export interface MappingSuggestion {
  readonly field: string;
  readonly root: string;
  readonly path: readonly (string | number)[];
  readonly formula: string;
}

const synonyms: readonly (readonly string[])[] = [
  ['email', 'mail', 'emailaddress', 'to', 'recipient'],
  ['name', 'fullname', 'customername', 'displayname'],
  ['quantity', 'qty', 'count', 'amountordered'],
  ['amount', 'total', 'sum', 'price'],
  ['phone', 'telephone', 'phonenumber', 'mobile'],
  ['zip', 'postcode', 'postalcode', 'zipcode'],
  ['id', 'identifier', 'key'],
  ['sku', 'articlenumber', 'itemnumber', 'productcode'],
  ['description', 'text', 'body', 'message'],
  ['url', 'link', 'address', 'href'],
  ['date', 'day', 'createdat', 'timestamp'],
];

const fold = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** Proposals for the given fields of an input schema, at most one each, the nearest and most alike source first. */
export function suggestMappings(
  input: JsonSchema,
  fields: readonly string[],
  sources: readonly SuggestionSource[],
): MappingSuggestion[] {
  const rows = sources
    .filter((source) => source.root !== 'run')
    .flatMap((source, distance) => leafRows(source, distance));
  const properties = input['properties'];
  return fields.flatMap((field) => {
    const schema =
      typeof properties === 'object' && properties !== null && !Array.isArray(properties)
        ? properties[field]
        : undefined;
    const wanted = typeOfField(schema);
    const scored = rows
      .map((row) => ({ row, score: scoreOf(field, row) - row.distance }))
      .filter(({ row, score }) => score > 50 && isFitting(wanted, row.type));
    const best = scored.reduce<(typeof scored)[number] | undefined>(
      (top, entry) => (top && top.score >= entry.score ? top : entry),
      undefined,
    );
    if (!best) return [];
    const { root, path, isOptional } = best.row;
    return [{ field, root, path, formula: writePath(root, path, isOptional) }];
  });
}

interface Candidate {
  readonly root: string;
  readonly path: readonly (string | number)[];
  readonly type: DataType;
  readonly distance: number;
  readonly isOptional: boolean;
}

/** Fields outside lists: what is in a list has many values, so it is never proposed for one. */
function leafRows(source: SuggestionSource, distance: number): Candidate[] {
  const collect = (rows: readonly DataRow[]): Candidate[] =>
    rows.flatMap((row) => {
      const own = { root: source.root, path: row.path, type: row.type, distance, isOptional: source.mayNotHaveRun };
      return row.type === 'object' ? [own, ...collect(row.children)] : [own];
    });
  return collect(dataTree(source.schema, source.sample));
}

/** 100: same name. 90: the last two names together. 80: a synonym. 0: no relation. */
function scoreOf(field: string, candidate: Candidate): number {
  const wanted = fold(field);
  const names = candidate.path.filter((segment) => typeof segment === 'string').map(fold);
  const last = names.at(-1) ?? '';
  if (last === wanted) return 100;
  if (names.slice(-2).join('') === wanted) return 90;
  return synonyms.some((group) => group.includes(wanted) && group.includes(last)) ? 80 : 0;
}

function typeOfField(schema: unknown): DataType {
  const [row] = dataTree({ type: 'object', properties: { field: (schema ?? {}) as JsonSchema } });
  return row?.type ?? 'any';
}

function isFitting(wanted: DataType, given: DataType): boolean {
  if (wanted === 'any' || given === 'any' || wanted === given) return true;
  return (wanted === 'text' && given === 'date') || (wanted === 'date' && given === 'text');
}
