import type { AppError } from '@patchbay/errors';
import type { JsonValue } from '../../document/json.ts';
import type { OperatorCall } from '../operators.ts';
import { failure, spend, spendText, type Place, type Runtime } from '../runtime.ts';
import { isObject, typeWord } from '../value.ts';

/** What a parameter accepts. `sized` is text, a list or an object. `date` is text in ISO 8601. */
export type ParameterType =
  'any' | 'text' | 'number' | 'boolean' | 'list' | 'object' | 'date' | 'sized' | 'text_or_list';

/** What a function gives. `same`: the type of the first argument; `item`: the type of its items. */
export type ResultType =
  Exclude<ParameterType, 'sized' | 'text_or_list'> | 'list<text>' | 'list<number>' | 'same' | 'item';

export const functionGroups = ['text', 'number', 'date', 'list', 'object', 'convert', 'encode'] as const;
export type FunctionGroup = (typeof functionGroups)[number];

/** One parameter of a function. */
export interface FunctionParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly isOptional: boolean;
}

/** One row of the function table: feeds evaluation, check, completion, help and tests. */
export interface FunctionRow {
  readonly name: string;
  readonly group: FunctionGroup;
  /** As shown to people, for example `round(number: number, digits?: number): number`. */
  readonly signature: string;
  readonly parameters: readonly FunctionParameter[];
  readonly returns: ResultType;
  /** One sentence. */
  readonly doc: string;
  /** A formula that can be run as it stands; its result is `result`. */
  readonly example: string;
  readonly result: JsonValue;
  call(call: FunctionCall): JsonValue;
}

/** A row as it is written down; name, parameters and result type are read from the signature. */
export interface FunctionDefinition {
  readonly doc: string;
  readonly example: string;
  readonly result: JsonValue;
  call(call: FunctionCall): JsonValue;
}

/** Makes the `define` of one group. Signature: `name(parameter: type, optional?: type): type`. */
export function definitionsOf(
  group: FunctionGroup,
): (signature: string, definition: FunctionDefinition) => FunctionRow {
  return (signature, definition) => {
    const match = /^(\w+)\((.*)\): (.+)$/.exec(signature);
    if (!match) throw new Error(`cannot happen: signature ${signature}`);
    const [, name = '', list = '', returns = ''] = match;
    const parameters = list === '' ? [] : list.split(', ').map(parseParameter);
    // The table is ours and a test runs every row, so the words of a signature are trusted here.
    return { name, group, signature, parameters, returns: returns as ResultType, ...definition };
  };
}

function parseParameter(text: string): FunctionParameter {
  const [name = '', type = ''] = text.split(': ');
  return { name: name.replace('?', ''), type: type as ParameterType, isOptional: name.endsWith('?') };
}

/** The sentence about a wrong number of arguments, or undefined. */
export function checkArgumentCount(row: FunctionRow, count: number): string | undefined {
  const least = row.parameters.filter((parameter) => !parameter.isOptional).length;
  if (count >= least && count <= row.parameters.length) return undefined;
  return `\`${row.name}\` takes ${row.signature.slice(row.name.length, row.signature.lastIndexOf(')') + 1)}; it got ${String(count)} arguments.`;
}

/** One call of a function: its arguments by position, checked when they are read. */
export class FunctionCall implements OperatorCall {
  readonly runtime: Runtime;
  readonly place: Place;
  readonly #row: FunctionRow;
  readonly #values: readonly JsonValue[];

  constructor(row: FunctionRow, site: { values: readonly JsonValue[]; runtime: Runtime; place: Place }) {
    this.#row = row;
    this.#values = site.values;
    this.runtime = site.runtime;
    this.place = site.place;
  }

  /** True when the optional argument was given. */
  has(index: number): boolean {
    return index < this.#values.length;
  }

  any(index: number): JsonValue {
    return this.#values[index] ?? null;
  }

  text(index: number, fallback?: string): string {
    if (fallback !== undefined && !this.has(index)) return fallback;
    const value = this.any(index);
    if (typeof value !== 'string') throw this.#wrongType(index, 'text');
    this.spendText(value.length);
    return value;
  }

  number(index: number, fallback?: number): number {
    if (fallback !== undefined && !this.has(index)) return fallback;
    const value = this.any(index);
    if (typeof value !== 'number') throw this.#wrongType(index, 'a number');
    return value;
  }

  /** A whole number between `least` and `most`. */
  count(index: number, bounds: { least: number; most: number; fallback?: number }): number {
    const value = this.number(index, bounds.fallback);
    if (Number.isInteger(value) && value >= bounds.least && value <= bounds.most) return value;
    throw this.fail(
      `must be a whole number from ${String(bounds.least)} to ${String(bounds.most)}; it is ${String(value)}.`,
      index,
    );
  }

  list(index: number): readonly JsonValue[] {
    const value = this.any(index);
    if (!Array.isArray(value)) throw this.#wrongType(index, 'a list');
    this.spend(value.length);
    return value;
  }

  numbers(index: number): readonly number[] {
    return this.list(index).map((item) => {
      if (typeof item === 'number') return item;
      throw this.fail(`must hold numbers only; it holds ${typeWord(item)}.`, index);
    });
  }

  object(index: number): { readonly [key: string]: JsonValue } {
    const value = this.any(index);
    if (!isObject(value)) throw this.#wrongType(index, 'an object');
    return value;
  }

  spend(steps: number): void {
    spend(this.runtime, this.place, steps);
  }

  spendText(length: number): void {
    spendText(this.runtime, this.place, length);
  }

  /** The error of this call. With an index the sentence starts with the parameter's name. */
  fail(message: string, index?: number): AppError {
    const parameter = index === undefined ? undefined : this.#row.parameters[index];
    const subject = parameter ? `${this.#row.name}(): \`${parameter.name}\` ` : `${this.#row.name}(): `;
    return failure(this.runtime, this.place, subject + message);
  }

  #wrongType(index: number, needed: string): AppError {
    return this.fail(`needs ${needed}; it is ${typeWord(this.any(index))}.`, index);
  }
}
