/** Entry of the process that converts one description and ends. It is started with a limit on memory and time. */
import process from 'node:process';
import { AppError, toAppError } from '@patchbay/errors';
import { convertDescription, type DescriptionSource } from '../convert-description.ts';
import { tooComplex } from '../source/text-guard.ts';
import type { FromProcess, ToProcess } from './process-messages.ts';

const waiting = new Map<number, PromiseWithResolvers<string>>();

function say(message: FromProcess): void {
  process.send?.(message);
}

function fetchText(url: string, maxBytes: number): Promise<string> {
  const id = waiting.size;
  const answer = Promise.withResolvers<string>();
  waiting.set(id, answer);
  say({ kind: 'fetch', id, url, maxBytes });
  return answer.promise;
}

async function convert(source: DescriptionSource): Promise<void> {
  try {
    say({ kind: 'converted', preview: await convertDescription(source, fetchText) });
  } catch (failure) {
    // A stack that overflows means nesting that no count foresaw.
    const error = failure instanceof RangeError ? tooComplex('It is nested too deeply.') : toAppError(failure);
    const { code, message } = error;
    say({ kind: 'failed', failure: { code, message: code === 'internal_error' ? describe(failure) : message } });
  }
}

function describe(failure: unknown): string {
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}

process.on('message', (message: ToProcess) => {
  if (message.kind === 'convert') void convert(message.source);
  else if (message.kind === 'fetched') waiting.get(message.id)?.resolve(message.text);
  else waiting.get(message.id)?.reject(new AppError(message.failure.code, { message: message.failure.message }));
});
// The server has its answer, or is gone.
process.on('disconnect', () => {
  process.exit(0);
});
