import pc from 'picocolors';
import type { AppError } from '@patchbay/errors';
import { toProblemBody } from '@patchbay/errors';

/** Where a command writes; a test hands in its own. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** How results are shown: text for people, or one JSON document on standard output. */
export interface Output {
  readonly isJson: boolean;
  /** Shows the result: `human` lazily made, or `data` as JSON. */
  readonly result: (data: unknown, human: () => string) => void;
  /** Progress and notes: standard error, and nothing with --json. */
  readonly note: (text: string) => void;
  /** An error: a problem body with --json, sentences otherwise. */
  readonly error: (error: AppError) => void;
}

/** Makes the output of a command. */
export function createOutput(isJson: boolean, streams: Streams): Output {
  return {
    isJson,
    result: (data, human) => {
      streams.out(`${isJson ? JSON.stringify(data, null, 2) : human()}\n`);
    },
    note: (text) => {
      if (!isJson) streams.err(`${text}\n`);
    },
    error: (error) => {
      streams.err(`${isJson ? JSON.stringify(toProblemBody(error)) : describeError(error)}\n`);
    },
  };
}

function describeError(error: AppError): string {
  const lines = [`${pc.red('Error')} ${error.message} ${pc.dim(`(${error.code})`)}`];
  for (const problem of listProblems(error.details)) lines.push(`  ${problem}`);
  lines.push(`  ${pc.dim(error.hint)}`);
  return lines.join('\n');
}

function listProblems(details: Readonly<Record<string, unknown>>): string[] {
  const lists = [details.fields, details.issues, details.problems].filter(Array.isArray) as Record<string, unknown>[][];
  return lists.flat().map((problem) => {
    const place = [problem.step, problem.field ?? problem.path].filter((part) => typeof part === 'string').join(' ');
    return `${place === '' ? '' : `${place}: `}${String(problem.message)}`;
  });
}

/** Aligns rows under a head; the last column is not padded. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ');
  return [pc.dim(line(head)), ...rows.map(line)].join('\n');
}
