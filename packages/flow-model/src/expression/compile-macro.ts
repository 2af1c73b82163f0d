/** CEL's loops over lists (and over the keys of objects): map, filter, all, exists, exists_one; and cel.bind. */
import { AppError } from '@patchbay/errors';
import type { JsonValue } from '../document/json.ts';
import { expectBoolean, plain, type CompileScope } from './compile-scope.ts';
import { attempt, type Failed } from './compile-logical.ts';
import type { SyntaxNode } from './parse.ts';
import { unmaskName } from './reserved-words.ts';
import { failure, spend, type Evaluate, type Runtime } from './runtime.ts';
import { countNodes } from './syntax-tree.ts';
import { isObject, typeWord } from './value.ts';

type MethodNode = Extract<SyntaxNode, { op: 'rcall' }>;

const argumentCounts: Readonly<Record<string, readonly number[]>> = {
  map: [2, 3],
  filter: [2],
  all: [2],
  exists: [2],
  exists_one: [2],
};

/** Most loops and bindings inside each other; the step budget bounds their cost. */
const maxLoopVariables = 16;

/** True for a loop or `cel.bind`. */
export function isMacro(node: MethodNode): boolean {
  const [name, receiver, args] = node.args;
  if (name === 'bind' && receiver.op === 'id' && receiver.args === 'cel') return args.length === 3;
  return Object.hasOwn(argumentCounts, name) && (argumentCounts[name]?.includes(args.length) ?? false);
}

interface Loop {
  readonly node: MethodNode;
  readonly slot: number;
  /** Steps one round costs: the size of its body. */
  readonly roundCost: number;
  readonly conditionNode: SyntaxNode;
  readonly condition: Evaluate;
  readonly transform: Evaluate;
}

/** Compiles a loop or `cel.bind`. */
export function compileMacro(node: MethodNode, scope: CompileScope): Evaluate {
  const [name, receiver, args] = node.args;
  const [variable, second, third] = name === 'bind' ? [args[0], args[2], undefined] : args;
  if (variable?.op !== 'id' || !second)
    throw wrongUse(node, `The first argument of ${name}() is the name of the item.`);
  const slot = scope.slots.size;
  if (slot >= maxLoopVariables) throw tooDeep(node);
  const inner: CompileScope = { ...scope, slots: new Map(scope.slots).set(unmaskName(variable.args), slot) };
  if (name === 'bind')
    return compileBind({ slot, value: scope.compile(args[1] ?? second, scope), body: scope.compile(second, inner) });
  const loop: Loop = {
    node,
    slot,
    roundCost: 1 + args.slice(1).reduce((sum, arg) => sum + countNodes(arg), 0),
    conditionNode: second,
    condition: scope.compile(second, inner),
    transform: third ? scope.compile(third, inner) : scope.compile(second, inner),
  };
  const items = scope.compile(receiver, scope);
  const run = loopKinds[name === 'map' && third ? 'filter_map' : name] ?? mapItems;
  return (runtime) => run(runtime, loop, loopItems(runtime, receiver, items));
}

function wrongUse(node: MethodNode, message: string): AppError {
  return new AppError('expression_syntax', { message, details: { column: node.pos + 1, source: node.input } });
}

function tooDeep(node: MethodNode): AppError {
  return new AppError('expression_too_costly', {
    message: 'Too many loops stand inside each other.',
    details: { column: node.pos + 1, source: node.input },
  });
}

function compileBind(bind: { slot: number; value: Evaluate; body: Evaluate }): Evaluate {
  return (runtime) => {
    runtime.locals[bind.slot] = plain(bind.value(runtime));
    return bind.body(runtime);
  };
}

function loopItems(runtime: Runtime, node: SyntaxNode, evaluate: Evaluate): readonly JsonValue[] {
  const value = plain(evaluate(runtime));
  if (Array.isArray(value)) return value;
  if (isObject(value)) return Object.keys(value);
  throw failure(runtime, node, `A list is needed here; it is ${typeWord(value)}.`);
}

function enterRound(runtime: Runtime, loop: Loop, item: JsonValue): void {
  spend(runtime, loop.node, loop.roundCost);
  runtime.locals[loop.slot] = item;
}

type RunLoop = (runtime: Runtime, loop: Loop, items: readonly JsonValue[]) => JsonValue;

const mapItems: RunLoop = (runtime, loop, items) =>
  items.map((item) => {
    enterRound(runtime, loop, item);
    return plain(loop.transform(runtime));
  });

function holds(runtime: Runtime, loop: Loop, item: JsonValue): boolean {
  enterRound(runtime, loop, item);
  return expectBoolean(runtime, loop.conditionNode, loop.condition(runtime));
}

const filterItems: RunLoop = (runtime, loop, items) => items.filter((item) => holds(runtime, loop, item));

const filterMapItems: RunLoop = (runtime, loop, items) => {
  const results: JsonValue[] = [];
  for (const item of items) {
    if (holds(runtime, loop, item)) results.push(plain(loop.transform(runtime)));
  }
  return results;
};

const existsOne: RunLoop = (runtime, loop, items) => items.filter((item) => holds(runtime, loop, item)).length === 1;

/** `all` and `exists`: an item that decides wins over errors of other items, as CEL says. */
function quantifier(decisive: boolean): RunLoop {
  return (runtime, loop, items) => {
    let failed: Failed | undefined;
    for (const item of items) {
      enterRound(runtime, loop, item);
      const outcome = attempt(runtime, loop.conditionNode, loop.condition);
      if (outcome === decisive) return decisive;
      if (typeof outcome === 'object') failed ??= outcome;
    }
    if (failed) throw failed.error;
    return !decisive;
  };
}

const loopKinds: Readonly<Record<string, RunLoop>> = {
  map: mapItems,
  filter: filterItems,
  filter_map: filterMapItems,
  all: quantifier(false),
  exists: quantifier(true),
  exists_one: existsOne,
};
