import { AppError } from '@patchbay/errors';

/** One condition on one field. */
export interface FilterTerm {
  readonly field: string;
  readonly operator: 'equals' | 'at_least' | 'at_most' | 'above' | 'below' | 'exists';
  /** Alternatives; empty for `exists`. */
  readonly values: readonly string[];
  readonly isNegated: boolean;
}

const operators = {
  '>=': 'at_least',
  '<=': 'at_most',
  '>': 'above',
  '<': 'below',
  ':': 'equals',
  '=': 'equals',
} as const;

/**
 * Reads the filters of a search (CO-46x): `f:v`, `f=v`, `f>=v`, `f<=v`, `f>v`, `f<v`, `f:any(a,b)`, `exists(f)`; `-` or `!` before it negates. Throws
 * `validation_error`.
 */
export function parseFilters(filters: readonly string[]): FilterTerm[] {
  return filters.filter((filter) => filter.trim() !== '').map(parseFilter);
}

function parseFilter(filter: string, index: number): FilterTerm {
  const isNegated = /^\s*[-!]/.test(filter);
  const text = filter.trim().slice(isNegated ? 1 : 0);
  const exists = /^exists\(\s*([\w.]+)\s*\)$/.exec(text);
  if (exists !== null) return { field: exists[1] ?? '', operator: 'exists', values: [], isNegated };
  const match = /^([\w.]+)\s*(>=|<=|>|<|:|=)\s*(.*)$/s.exec(text);
  if (match === null) throw unreadable(index);
  const [, field = '', sign = ':', value = ''] = match;
  const any = /^any\((.*)\)$/s.exec(value);
  const values = any === null ? [value] : (any[1] ?? '').split(',').map((each) => each.trim());
  return { field, operator: operators[sign as keyof typeof operators], values: values.map(unquoted), isNegated };
}

function unquoted(value: string): string {
  return /^"(.*)"$/s.exec(value)?.[1] ?? value;
}

function unreadable(index: number): AppError {
  const message = 'field:value, field>=value, field:any(a,b) or exists(field); - before it negates.';
  return new AppError('validation_error', { details: { fields: [{ path: `/filter/${String(index)}`, message }] } });
}
