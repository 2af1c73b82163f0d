import { stat } from 'node:fs/promises';
import { fieldError, type FileAccess, type OperationContext } from '@patchbay/connector-sdk';
import { describeFile, type FileRecord } from './describe-file.ts';
import { extensionOf, toRelative, walkFolder, type FileSearch } from './walk.ts';

/** Which files, and from where on. */
export interface FilesRequest {
  readonly paths: readonly string[];
  readonly extensions: readonly string[];
  readonly recursive: boolean;
  readonly pageSize: number;
  readonly cursor?: string | undefined;
  /** Bytes of text per file; 0: no texts. */
  readonly maxTextBytes: number;
}

/** Files, and where the next page begins if there is one. */
export interface FilesPage {
  readonly files: FileRecord[];
  readonly cursor?: string;
}

/** A page is full with this much text, however few its files are. */
const maxPageText = 2 * 1024 * 1024;

/** A page of the files in and under some folders. The cursor is the folder it is in and the last path. */
export async function readFilePage(context: OperationContext, request: FilesRequest): Promise<FilesPage> {
  const files = filesOf(context);
  const found: FileRecord[] = [];
  let last = '';
  let text = 0;
  for await (const { path, cursor } of findFiles({ files, signal: context.signal }, request)) {
    if (found.length >= request.pageSize || text >= maxPageText) return { files: found, cursor: last };
    const record = await describeFile(files, path, request.maxTextBytes);
    if (record === undefined) continue;
    found.push(record);
    text += record.text?.length ?? 0;
    last = cursor;
  }
  return { files: found };
}

/** The files of the tenant; the manifest asks for them. */
export function filesOf({ files }: OperationContext): FileAccess {
  if (files === undefined) throw new Error('the connector was started without its files');
  return files;
}

type Search = Pick<FileSearch, 'files' | 'signal'>;

async function* findFiles(
  base: Search,
  request: FilesRequest,
): AsyncGenerator<{ readonly path: string; readonly cursor: string }> {
  const extensions = request.extensions.map((extension) => extension.toLowerCase().replace(/^\./, ''));
  const starts = await startsOf(base.files, request);
  const from = parseCursor(request.cursor);
  for (const [index, start] of starts.entries()) {
    if (index < from.index) continue;
    const after = index === from.index ? from.after : undefined;
    const search = { ...base, extensions, isRecursive: request.recursive, after };
    for await (const path of filesAt(search, start)) yield { path, cursor: `${String(index)}:${path}` };
  }
}

interface Start {
  readonly path: string;
  readonly isFolder: boolean;
}

/** What the paths name. One that lies under another one would give its files twice. */
async function startsOf(files: FileAccess, { paths, recursive }: FilesRequest): Promise<Start[]> {
  const starts: Start[] = [];
  for (const [index, path] of paths.entries()) {
    const real = await files.resolve(path, `/paths/${String(index)}`);
    starts.push({ path: toRelative(files, real), isFolder: (await stat(real)).isDirectory() });
  }
  const isUnder = (path: string, folder: string): boolean =>
    folder === '' ? path !== '' : path.startsWith(`${folder}/`);
  return starts.filter(({ path }, index) => {
    const isCovered = starts.some((other) => recursive && other.isFolder && isUnder(path, other.path));
    return !isCovered && starts.findIndex((other) => other.path === path) === index;
  });
}

async function* filesAt(search: FileSearch, { path, isFolder }: Start): AsyncGenerator<string> {
  if (isFolder) yield* walkFolder(search, path);
  else if (isChosen(search, path)) yield path;
}

function isChosen({ extensions, after }: FileSearch, path: string): boolean {
  return after === undefined && (extensions.length === 0 || extensions.includes(extensionOf(path)));
}

function parseCursor(cursor: string | undefined): { readonly index: number; readonly after?: string } {
  if (cursor === undefined || cursor === '') return { index: 0 };
  const [, index = '', after = ''] = /^(\d{1,4}):(.+)$/s.exec(cursor) ?? [];
  if (after === '') throw fieldError('/cursor', 'It is no cursor of this operation.');
  return { index: Number(index), after };
}
