import { fork, type ChildProcess } from 'node:child_process';
import type { OpenApiPreview } from '@patchbay/api-contract';
import { AppError, toAppError } from '@patchbay/errors';
import type { DescriptionSource } from '../convert-description.ts';
import type { FetchText } from '../source/document-set.ts';
import { maxTextLength, tooComplex } from '../source/text-guard.ts';
import type { CarriedFailure, FromProcess, ToProcess } from './process-messages.ts';

/** Converts descriptions one after the other. */
export interface DescriptionConverter {
  /** Throws `import_unreadable`, `import_too_complex`, `service_unavailable` and what `fetchText` throws. */
  convert(source: DescriptionSource, fetchText: FetchText): Promise<OpenApiPreview>;
}

/** Limits of a converter; tests set smaller ones. */
export interface ConverterLimits {
  readonly timeMs: number;
  readonly memoryMb: number;
  /** Descriptions that may wait or be converted. */
  readonly queue: number;
}

const defaultLimits: ConverterLimits = { timeMs: 30_000, memoryMb: 768, queue: 20 };
const entry = new URL('./conversion-process.ts', import.meta.url);

/**
 * Converts in a process of its own with a limit on memory and time, so that the server goes on answering. A thread would not do: one that
 * runs out of memory takes the whole process with it. One at a time; a second description waits for the first.
 */
export function createDescriptionConverter(limits: Partial<ConverterLimits> = {}): DescriptionConverter {
  const { queue, ...each } = { ...defaultLimits, ...limits };
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    convert: async (source, fetchText) => {
      if (source.text.length > maxTextLength) throw tooComplex('It is too long.');
      if (waiting >= queue) throw new AppError('service_unavailable', { message: 'Too many imports are waiting.' });
      waiting += 1;
      const turn = last.then(() => runProcess({ source, fetchText, ...each }));
      last = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        waiting -= 1;
      }
    },
  };
}

interface Conversion {
  readonly source: DescriptionSource;
  readonly fetchText: FetchText;
  readonly timeMs: number;
  readonly memoryMb: number;
}

async function runProcess(conversion: Conversion): Promise<OpenApiPreview> {
  const { timeMs, memoryMb, source } = conversion;
  // No environment and no flags of this process: the other one reads foreign text and needs neither.
  const child = fork(entry, {
    env: {},
    execArgv: [`--max-old-space-size=${String(memoryMb)}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const result = Promise.withResolvers<OpenApiPreview>();
  const timer = setTimeout(() => {
    result.reject(tooComplex(`It took longer than ${String(timeMs / 1_000)} seconds.`));
  }, timeMs);
  child.on('message', (message: FromProcess) => {
    handle(message, { child, result, fetchText: conversion.fetchText });
  });
  child.on('error', (cause) => {
    result.reject(new AppError('internal_error', { cause }));
  });
  child.on('exit', (code, signal) => {
    result.reject(endOf(code, signal));
  });
  tell(child, { kind: 'convert', source });
  try {
    return await result.promise;
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
  }
}

/** Node ends itself by SIGABRT when its memory is used up; the system ends it by SIGKILL. */
function endOf(code: number | null, signal: NodeJS.Signals | null): AppError {
  if (signal === 'SIGABRT' || signal === 'SIGKILL' || code === 134) return tooComplex('It takes too much memory.');
  const cause = new Error(`the conversion ended with ${String(signal ?? code)}`);
  return new AppError('internal_error', { cause });
}

interface Exchange {
  readonly child: ChildProcess;
  readonly result: PromiseWithResolvers<OpenApiPreview>;
  readonly fetchText: FetchText;
}

function handle(message: FromProcess, { child, result, fetchText }: Exchange): void {
  if (message.kind === 'converted') result.resolve(message.preview);
  else if (message.kind === 'failed') result.reject(toError(message.failure));
  else {
    const { id, url, maxBytes } = message;
    fetchText(url, maxBytes).then(
      (text) => {
        tell(child, { kind: 'fetched', id, text });
      },
      (failure: unknown) => {
        const { code, message: words } = toAppError(failure);
        tell(child, { kind: 'refused', id, failure: { code, message: words } });
      },
    );
  }
}

/** A process that is gone already has said so by its exit. */
function tell(child: ChildProcess, message: ToProcess): void {
  if (child.connected) child.send(message, () => undefined);
}

function toError({ code, message }: CarriedFailure): AppError {
  return code === 'internal_error'
    ? new AppError(code, { cause: new Error(message) })
    : new AppError(code, { message });
}
