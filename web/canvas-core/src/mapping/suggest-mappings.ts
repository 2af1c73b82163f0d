/** Proposes data for the empty fields of a step: by name, description and type. A person accepts or ignores it; nothing is applied. */
import type { JsonSchema, JsonValue } from '@patchbay/flow-model';
import { writePath } from '@patchbay/flow-model/expression';
import { dataTree, type DataRow, type DataType } from './data-tree.ts';
import { scoreMatch, type GivenData, type WantedField } from './score-match.ts';

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
  /** `same`: the names say it; `alike`: another word for it; `maybe`: only part of a name or a description. */
  readonly confidence: 'same' | 'alike' | 'maybe';
}

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
    const known = wantedField(field, schema);
    const scored = rows
      .map((row) => ({ row, score: scoreMatch(known, row) - row.distance }))
      .filter(({ row, score }) => score > 50 && isFitting(wanted, row.type));
    const best = scored.reduce<(typeof scored)[number] | undefined>(
      (top, entry) => (top && top.score >= entry.score ? top : entry),
      undefined,
    );
    if (!best) return [];
    const { root, path, isOptional } = best.row;
    return [{ field, root, path, formula: writePath(root, path, isOptional), confidence: confidenceOf(best.score) }];
  });
}

function confidenceOf(score: number): MappingSuggestion['confidence'] {
  if (score > 85) return 'same';
  return score > 70 ? 'alike' : 'maybe';
}

function wantedField(name: string, schema: unknown): WantedField {
  const { title, description } = (schema ?? {}) as JsonSchema;
  return {
    name,
    title: typeof title === 'string' ? title : undefined,
    description: typeof description === 'string' ? description : undefined,
  };
}

interface Candidate extends GivenData {
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
      const names = row.path.filter((segment) => typeof segment === 'string');
      const said = { names, description: row.description };
      const own = {
        ...said,
        root: source.root,
        path: row.path,
        type: row.type,
        distance,
        isOptional: source.mayNotHaveRun,
      };
      return row.type === 'object' ? [own, ...collect(row.children)] : [own];
    });
  return collect(dataTree(source.schema, source.sample));
}

function typeOfField(schema: unknown): DataType {
  const [row] = dataTree({ type: 'object', properties: { field: (schema ?? {}) as JsonSchema } });
  return row?.type ?? 'any';
}

function isFitting(wanted: DataType, given: DataType): boolean {
  if (wanted === 'any' || given === 'any' || wanted === given) return true;
  return (wanted === 'text' && given === 'date') || (wanted === 'date' && given === 'text');
}
