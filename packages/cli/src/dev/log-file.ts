import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A log on disk that takes lines. */
export interface LogFile {
  readonly path: string;
  readonly write: (line: string) => void;
  readonly close: () => void;
}

/** Opens `<dataDir>/logs/<name>.log` for appending. */
export function openLogFile(dataDir: string, name: string): LogFile {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.log`);
  const stream = createWriteStream(path, { flags: 'a' });
  return {
    path,
    write: (line) => {
      stream.write(`${line}\n`);
    },
    close: () => {
      stream.end();
    },
  };
}

const warningLevel = 40;

/** True for a line a person at the terminal should see: a warning or worse in pino's JSON, or no JSON at all. */
export function isNoteworthy(line: string): boolean {
  if (!line.startsWith('{')) return line.trim() !== '';
  try {
    return Number((JSON.parse(line) as { level?: unknown }).level) >= warningLevel;
  } catch {
    return true;
  }
}

/** A log line as a person reads it: the message of a JSON line, the line itself otherwise. */
export function readableLine(line: string): string {
  if (!line.startsWith('{')) return line;
  const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
  return [msg, err?.message].filter((part) => part !== undefined && part !== '').join(': ');
}
