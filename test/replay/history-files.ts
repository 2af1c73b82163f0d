import { fileURLToPath } from 'node:url';

/** Folder of the recorded histories of interpreter generation 1. */
export const historyFolder = fileURLToPath(new URL('../histories/v1/', import.meta.url));

/** File of one recorded history. */
export function historyFile(name: string): string {
  return `${historyFolder}${name}.json`;
}
