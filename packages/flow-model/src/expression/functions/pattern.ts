/**
 * Regular expressions in linear time: all ways through the pattern are followed at once (Thompson), so no pattern and no
 * text can make `matches` hang. Pays one step per state and character.
 */
import type { FunctionCall } from './function-row.ts';
import { parsePattern, PatternProblem, type CharacterSet, type PatternNode } from './pattern-parser.ts';

type Edge = Extract<PatternNode, { kind: 'edge' }>['edge'];
type Instruction =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'edge'; readonly edge: Edge }
  | { readonly kind: 'split'; readonly first: number; readonly second: number }
  | { readonly kind: 'jump'; readonly to: number }
  | { readonly kind: 'match' };

const maxProgram = 2_000;
const maxPattern = 1_000;

/** True if the pattern is found anywhere in the text. Fails on a pattern that is wrong, unsupported or too large. */
export function matchPattern(call: FunctionCall, text: string, pattern: string): boolean {
  if (pattern.length > maxPattern) throw call.fail(`may have ${String(maxPattern)} characters.`, 1);
  try {
    const program: Instruction[] = [];
    emit(program, parsePattern(pattern));
    program.push({ kind: 'match' });
    call.spend(program.length);
    return run(
      call,
      program,
      Array.from(text, (sign) => sign.codePointAt(0) ?? 0),
    );
  } catch (error) {
    if (error instanceof PatternProblem) throw call.fail(error.message, 1);
    throw error;
  }
}

function emit(program: Instruction[], node: PatternNode): void {
  if (program.length > maxProgram) throw new PatternProblem('is too large.');
  switch (node.kind) {
    case 'set':
    case 'edge':
      program.push(node);
      return;
    case 'sequence':
      for (const item of node.items) emit(program, item);
      return;
    case 'choice':
      emitChoice(program, node.items);
      return;
    case 'repeat':
      emitRepeat(program, node);
  }
}

function emitChoice(program: Instruction[], items: readonly PatternNode[]): void {
  const jumps: number[] = [];
  items.forEach((item, index) => {
    const split = program.length;
    const isLast = index === items.length - 1;
    if (!isLast) program.push({ kind: 'match' });
    emit(program, item);
    if (isLast) return;
    jumps.push(program.length);
    program.push({ kind: 'match' });
    program[split] = { kind: 'split', first: split + 1, second: program.length };
  });
  for (const jump of jumps) program[jump] = { kind: 'jump', to: program.length };
}

function emitRepeat(program: Instruction[], node: Extract<PatternNode, { kind: 'repeat' }>): void {
  for (let i = 0; i < node.least; i++) emit(program, node.item);
  const loop = program.length;
  if (node.most === Infinity) {
    program.push({ kind: 'match' });
    emit(program, node.item);
    program.push({ kind: 'jump', to: loop });
    program[loop] = { kind: 'split', first: loop + 1, second: program.length };
    return;
  }
  const splits: number[] = [];
  for (let i = node.least; i < node.most; i++) {
    splits.push(program.length);
    program.push({ kind: 'match' });
    emit(program, node.item);
  }
  for (const split of splits) program[split] = { kind: 'split', first: split + 1, second: program.length };
}

function run(call: FunctionCall, program: readonly Instruction[], codes: readonly number[]): boolean {
  let states: number[] = [];
  for (let position = 0; position <= codes.length; position++) {
    const reached = followEdges({ program, codes, position }, [...states, 0]);
    if (reached.hasMatched) return true;
    call.spend(reached.visited);
    const code = codes[position];
    states =
      code === undefined
        ? []
        : reached.waiting.filter((state) => accepts(program[state], code)).map((state) => state + 1);
  }
  return false;
}

interface Moment {
  readonly program: readonly Instruction[];
  readonly codes: readonly number[];
  readonly position: number;
}

/** Follows everything that consumes no character. */
function followEdges(moment: Moment, from: number[]): { waiting: number[]; hasMatched: boolean; visited: number } {
  const seen = new Set<number>();
  const waiting: number[] = [];
  const open = from;
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (seen.has(state)) continue;
    seen.add(state);
    const instruction = moment.program[state];
    if (instruction?.kind === 'match') return { waiting, hasMatched: true, visited: seen.size };
    if (instruction?.kind === 'set') waiting.push(state);
    else if (instruction) open.push(...nextStates(moment, state, instruction));
  }
  return { waiting, hasMatched: false, visited: seen.size };
}

function nextStates(moment: Moment, state: number, instruction: Instruction): number[] {
  if (instruction.kind === 'jump') return [instruction.to];
  if (instruction.kind === 'split') return [instruction.second, instruction.first];
  return instruction.kind === 'edge' && isAtEdge(moment, instruction.edge) ? [state + 1] : [];
}

function isAtEdge({ codes, position }: Moment, edge: Edge): boolean {
  if (edge === 'start') return position === 0;
  if (edge === 'end') return position === codes.length;
  const isWordEdge = isWordSign(codes[position - 1]) !== isWordSign(codes[position]);
  return edge === 'word' ? isWordEdge : !isWordEdge;
}

const isWordSign = (code: number | undefined): boolean => code !== undefined && /\w/.test(String.fromCodePoint(code));

function accepts(instruction: Instruction | undefined, code: number): boolean {
  if (instruction?.kind !== 'set') return false;
  const isInside = instruction.set.ranges.some(([low, high]) => code >= low && code <= high);
  return isInside !== instruction.set.isNegated;
}
