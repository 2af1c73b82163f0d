/** CEL's operators over JSON: one kind of number, no silent conversion, every comparison paid for. */
import type { JsonValue } from '../document/json.ts';
import { parseIsoDate, writeIsoDate } from './functions/iso-date.ts';
import { assertDepth, failure, spend, spendText, type Place, type Runtime } from './runtime.ts';
import { isObject, OptionalValue, ownProperty, typeWord, type Value } from './value.ts';

/** Where an operator stands while it runs. */
export interface OperatorCall {
  readonly runtime: Runtime;
  readonly place: Place;
}

/** A binary operator on two values. */
export type BinaryOperator = (call: OperatorCall, left: Value, right: Value) => JsonValue;

function mismatch(call: OperatorCall, sign: string, sides: readonly [Value, Value]): Error {
  const [left, right] = sides;
  const hint = typeof left === 'string' || typeof right === 'string' ? ' Convert with string(...) or number(...).' : '';
  const message = `"${sign}" cannot work on ${typeWord(left)} and ${typeWord(right)}.${hint}`;
  return failure(call.runtime, call.place, message);
}

function arithmetic(sign: string, compute: (left: number, right: number) => number): BinaryOperator {
  return (call, left, right) => {
    if (typeof left !== 'number' || typeof right !== 'number') throw mismatch(call, sign, [left, right]);
    const result = compute(left, right);
    if (Number.isFinite(result)) return result;
    const isZero = right === 0 && (sign === '/' || sign === '%');
    throw failure(
      call.runtime,
      call.place,
      isZero ? 'Division by zero.' : `The result of "${sign}" is too large for a number.`,
    );
  };
}

/** A date and a time in seconds, whichever stands first; undefined when they are no such pair. */
function movedDate(call: OperatorCall, date: Value, seconds: Value): string | undefined {
  if (typeof date !== 'string' || typeof seconds !== 'number') return undefined;
  const milliseconds = parseIsoDate(date);
  if (Number.isNaN(milliseconds)) return undefined;
  const moved = writeIsoDate(milliseconds + seconds * 1_000);
  if (moved === undefined) throw failure(call.runtime, call.place, 'The date lies outside the years 0 to 9999.');
  return moved;
}

const subtractNumbers = arithmetic('-', (left, right) => left - right);

/** Numbers; a date and a time in seconds; two dates, which gives the seconds between them. */
const subtract: BinaryOperator = (call, left, right) => {
  if (typeof left !== 'string') return subtractNumbers(call, left, right);
  const moved = typeof right === 'number' ? movedDate(call, left, -right) : undefined;
  if (moved !== undefined) return moved;
  const seconds = typeof right === 'string' ? (parseIsoDate(left) - parseIsoDate(right)) / 1_000 : Number.NaN;
  if (Number.isNaN(seconds)) throw mismatch(call, '-', [left, right]);
  return seconds;
};

const addNumbers = arithmetic('+', (left, right) => left + right);

const add: BinaryOperator = (call, left, right) => {
  if (typeof left === 'string' && typeof right === 'string') {
    spendText(call.runtime, call.place, left.length + right.length);
    return left + right;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    spend(call.runtime, call.place, left.length + right.length);
    return [...left, ...right];
  }
  if (typeof left === 'number' && typeof right === 'number') return addNumbers(call, left, right);
  const moved = movedDate(call, left, right) ?? movedDate(call, right, left);
  if (moved !== undefined) return moved;
  throw mismatch(call, '+', [left, right]);
};

function ordering(sign: string, holds: (order: number) => boolean): BinaryOperator {
  return (call, left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return holds(left - right);
    if (typeof left === 'string' && typeof right === 'string') {
      spendText(call.runtime, call.place, Math.min(left.length, right.length));
      return holds(compareText(left, right));
    }
    if (typeof left === 'boolean' && typeof right === 'boolean') return holds(Number(left) - Number(right));
    throw mismatch(call, sign, [left, right]);
  };
}

/** Order by code unit: the same on every machine, unlike `localeCompare`. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Deep equality of JSON values; values of different types are unequal. Pays per visited element. */
export function isEqual(call: OperatorCall, left: Value, right: Value): boolean {
  return isEqualPair(call, [left, right], 0);
}

function isEqualPair(call: OperatorCall, [left, right]: readonly [Value, Value], depth: number): boolean {
  spend(call.runtime, call.place, 1);
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  assertDepth(call, depth);
  if (Array.isArray(left)) return Array.isArray(right) && isEqualList(call, [left, right], depth + 1);
  if (left instanceof OptionalValue) {
    return right instanceof OptionalValue && isEqualPair(call, [left.value ?? null, right.value ?? null], depth + 1);
  }
  return isObject(left) && isObject(right) && isEqualObject(call, [left, right], depth + 1);
}

function isEqualList(call: OperatorCall, [left, right]: readonly [JsonValue[], JsonValue[]], depth: number): boolean {
  if (left.length !== right.length) return false;
  return left.every((item, index) => isEqualPair(call, [item, right[index] ?? null], depth));
}

type Fields = { [key: string]: JsonValue };

function isEqualObject(call: OperatorCall, [left, right]: readonly [Fields, Fields], depth: number): boolean {
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => {
    const other = ownProperty(right, key);
    return other !== undefined && isEqualPair(call, [left[key] ?? null, other], depth);
  });
}

const contains: BinaryOperator = (call, left, right) => {
  if (Array.isArray(right)) return right.some((item) => isEqual(call, left, item));
  if (isObject(right)) return typeof left === 'string' && Object.hasOwn(right, left);
  throw failure(call.runtime, call.place, `"in" needs a list or an object on its right; it got ${typeWord(right)}.`);
};

/** All binary operators by their sign. */
export const binaryOperators: Readonly<Record<string, BinaryOperator>> = {
  '+': add,
  '-': subtract,
  '*': arithmetic('*', (left, right) => left * right),
  '/': arithmetic('/', (left, right) => left / right),
  '%': arithmetic('%', (left, right) => left % right),
  '==': (call, left, right) => isEqual(call, left, right),
  '!=': (call, left, right) => !isEqual(call, left, right),
  '<': ordering('<', (order) => order < 0),
  '<=': ordering('<=', (order) => order <= 0),
  '>': ordering('>', (order) => order > 0),
  '>=': ordering('>=', (order) => order >= 0),
  in: contains,
};
