import { AppError } from '@patchbay/errors';

const blockBytes = 512;
const maxFileBytes = 64 * 1024 * 1024;

/** One file of an archive. */
export interface TarFile {
  /** Path inside the archive, at most 100 ASCII characters. */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Writes a ustar archive. The same files give the same bytes on every machine: no times, no owners, fixed modes.
 * Only this package writes it, so it needs none of the format's extensions.
 */
export function writeTar(files: readonly TarFile[]): Buffer {
  const parts = files.flatMap((file) => [header(file), file.bytes, Buffer.alloc(padding(file.bytes.length))]);
  return Buffer.concat([...parts, Buffer.alloc(2 * blockBytes)]);
}

/** Reads an archive made by {@link writeTar}. Throws `plugin_invalid` for anything else. */
export function readTar(archive: Buffer): TarFile[] {
  const files: TarFile[] = [];
  let offset = 0;
  while (offset + blockBytes <= archive.length && archive[offset] !== 0) {
    const head = archive.subarray(offset, offset + blockBytes);
    if (head.toString('latin1', 257, 262) !== 'ustar' || head[156] !== 0x30) throw broken();
    const size = parseInt(head.toString('latin1', 124, 135), 8);
    const start = offset + blockBytes;
    if (!Number.isSafeInteger(size) || size > maxFileBytes || start + size > archive.length) throw broken();
    files.push({
      name: head.toString('latin1', 0, 100).replace(/\0.*$/s, ''),
      bytes: archive.subarray(start, start + size),
    });
    offset = start + size + padding(size);
  }
  if (offset + 2 * blockBytes > archive.length) throw broken(); // cut off before its end mark
  return files;
}

function header(file: TarFile): Buffer {
  const head = Buffer.alloc(blockBytes);
  head.write(file.name, 0, 100, 'latin1');
  head.write('0000644\0', 100, 'latin1'); // mode
  head.write('0000000\0', 108, 'latin1'); // owner
  head.write('0000000\0', 116, 'latin1'); // group
  head.write(`${file.bytes.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  head.write(`${'0'.repeat(11)}\0`, 136, 'latin1'); // time
  head.write(' '.repeat(8), 148, 'latin1'); // the checksum counts itself as spaces
  head.write('0', 156, 'latin1'); // a regular file
  head.write('ustar\x0000', 257, 'latin1');
  const sum = head.reduce((total, byte) => total + byte, 0);
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return head;
}

function padding(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}

function broken(): AppError {
  return new AppError('plugin_invalid', { message: 'The connector package is not an archive that Patchbay wrote.' });
}
