import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectorManifestInput } from '@patchbay/manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCall, aManifest, failureOf, memoryLog } from '../../test/call-fixture.ts';
import { createConnectorRuntime, type ConnectorRuntime, type OperationCall } from '../index.ts';

const entryUrl = new URL('../../test/fixtures/hostile/index.mjs', import.meta.url).href;
let filesDir: string;
let runtime: ConnectorRuntime;

function call(
  operation: string,
  path: string,
  options: Partial<OperationCall> & { readonly permissions?: ConnectorManifestInput['permissions'] } = {},
): OperationCall {
  const { permissions = { files: 'read' }, ...rest } = options;
  const manifest = aManifest({
    runtime: 'node',
    entry: './index.mjs',
    baseUrl: undefined,
    auth: [{ type: 'none' }],
    permissions,
    operations: [{ name: operation, title: operation, effect: 'read', input: { type: 'object' }, output: {} }],
  });
  return aCall({ manifest, operation, tenantId: 'a', input: { path }, ...rest });
}

const outputOf = async (...given: Parameters<typeof call>): Promise<unknown> =>
  (await runtime.invoke(call(...given))).output;
const startRuntime = (dir?: string): ConnectorRuntime =>
  createConnectorRuntime({
    pluginStore: { load: () => Promise.resolve({ entryUrl }) },
    egress: { allow: [] },
    ...(dir !== undefined && { filesDir: dir }),
    log: memoryLog(),
  });

beforeAll(async () => {
  filesDir = await realpath(await mkdtemp(join(tmpdir(), 'patchbay-files-')));
  for (const tenant of ['a', 'ab', 'b']) {
    await mkdir(join(filesDir, tenant, 'inner'), { recursive: true });
    await writeFile(join(filesDir, tenant, 'own.txt'), 'four');
  }
  await symlink(join(filesDir, 'b', 'own.txt'), join(filesDir, 'a', 'out.txt'));
  await symlink(join(filesDir, 'ab'), join(filesDir, 'a', 'outer'));
  await symlink('own.txt', join(filesDir, 'a', 'in.txt'));
  runtime = startRuntime(filesDir);
});

afterAll(async () => {
  await runtime.close();
  await rm(filesDir, { recursive: true });
});

describe('a connector that may read files', () => {
  it('reads those of its own tenant, and cannot write', async () => {
    expect(await outputOf('readFile', join(filesDir, 'a', 'own.txt'))).toEqual({ done: 4 });
    expect(await outputOf('listDir', join(filesDir, 'a'))).toEqual({ done: 5 });
    expect(await outputOf('writeFile', join(filesDir, 'a', 'new.txt'))).toEqual({ refused: 'ERR_ACCESS_DENIED' });
  });

  it.each(['b/own.txt', 'ab/own.txt', 'a/../b/own.txt', ''])('cannot read %j of the folder of all', async (path) => {
    const operation = path === '' ? 'listDir' : 'readFile';
    expect(await outputOf(operation, `${filesDir}/${path}`)).toEqual({ refused: 'ERR_ACCESS_DENIED' });
    expect(await outputOf('readFile', '/etc/passwd')).toEqual({ refused: 'ERR_ACCESS_DENIED' });
  });

  it('has a process for each tenant, which reads only what is its own', async () => {
    expect(await outputOf('readFile', join(filesDir, 'b', 'own.txt'), { tenantId: 'b' })).toEqual({ done: 4 });
    expect(await outputOf('readFile', join(filesDir, 'a', 'own.txt'), { tenantId: 'b' })).toEqual({
      refused: 'ERR_ACCESS_DENIED',
    });
  });

  it('shares its process with no other connector, and a connector without the permission reads no file', async () => {
    const pid = await outputOf('pid', '');
    expect(await outputOf('pid', '')).toBe(pid);
    expect(await outputOf('pid', '', { integrity: 'sha512-other' })).not.toBe(pid);
    const without = { permissions: { files: 'none' as const } };
    expect(await outputOf('pid', '', without)).not.toBe(pid);
    expect(await outputOf('readFile', join(filesDir, 'a', 'own.txt'), without)).toEqual({
      refused: 'ERR_ACCESS_DENIED',
    });
    expect(await outputOf('contextKeys', '', without)).not.toContain('files');
    expect(await outputOf('contextKeys', '')).toContain('files');
  });

  it.each([
    ['own.txt', '/own.txt'],
    ['./inner/', '/inner'],
    ['', ''],
    ['in.txt', '/own.txt'],
  ])('finds %j', async (path, found) => {
    expect(await outputOf('resolveFile', path)).toBe(found);
  });

  it.each([
    ['../b/own.txt', 'leads out'],
    ['inner/../own.txt', 'leads out'],
    ['inner\\..\\own.txt', 'leads out'],
    ['/etc/passwd', 'must be relative'],
    ['C:\\Windows', 'must be relative'],
    ['out.txt', 'a link that leads out'],
    ['outer/own.txt', 'a link that leads out'],
    ['none.txt', 'There is no "none.txt"'],
    ['a\0b', 'A path is a text'],
  ])('refuses %j and names the field', async (path, words) => {
    const error = await failureOf(runtime.invoke(call('resolveFile', path)));
    expect([error.code, error.message]).toEqual(['operation_input_invalid', expect.stringContaining(words)]);
    expect(error.details['problems']).toMatchObject([{ path: '/path' }]);
  });

  it('gets an empty folder when the tenant has none, and does not run where files are not given', async () => {
    expect(await outputOf('listDir', join(filesDir, 'fresh'), { tenantId: 'fresh' })).toEqual({ done: 0 });
    for (const tenantId of ['../b', 'a/b', '.', '*']) {
      const error = await failureOf(runtime.invoke(call('listDir', filesDir, { tenantId })));
      expect(error.code).toBe('plugin_invalid');
    }
    expect(existsSync(join(filesDir, '*'))).toBe(false);
    const none = startRuntime();
    expect((await failureOf(none.invoke(call('listDir', '/')))).message).toContain('gives connectors no files');
    await none.close();
  });
});
