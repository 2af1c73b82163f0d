import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '@patchbay/tooling';
import { cocoLines, sampleId } from './coco-lines.ts';
import { startInstallation, type Installation } from './installation.ts';

const port = 9000;
const run = promisify(execFile);

let installation: Installation | undefined;
let folder: string;
let id: string;

beforeAll(async () => {
  // `npm start` takes this port and no other; so do the documented lines.
  if ((await findFreePort(port)) !== port)
    throw new Error(
      'Port 9000 is taken by another program. The documented curl lines name it: end that program first.',
    );
  folder = await mkdtemp(join(tmpdir(), 'patchbay-coco-'));
  installation = await startInstallation({ dataDir: join(folder, 'data'), port });
}, 180_000);

afterAll(async () => {
  await installation?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs one line in a shell, with the sample id of the document replaced by the one we got. */
async function shell(line: string): Promise<Record<string, unknown>> {
  const { stdout } = await run('sh', ['-c', line.replaceAll(sampleId, id)]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Status of a request that curl makes with more headers than the document gives it. */
async function statusOf(...extra: string[]): Promise<number> {
  const { stdout } = await run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', ...extra]);
  return Number(stdout);
}

describe('CO-17 CO-20 CO-24 CO-28 CO-30 CO-33 CO-36 the documented curl lines, unchanged, under patchbay dev', () => {
  it('CO-17 CO-18 create', async () => {
    const answer = await shell(cocoLines.create);
    expect(answer).toEqual({ _id: expect.any(String) as string, result: 'created' });
    id = String(answer['_id']);
  });

  it('CO-20 CO-21 CO-22 CO-23 view', async () => {
    const answer = await shell(cocoLines.view);
    expect(Object.keys(answer).sort()).toEqual(['_id', '_source', 'found']);
    expect(answer).toMatchObject({
      _id: id,
      found: true,
      _source: {
        id,
        name: 'My GitHub Connector',
        description: 'Connects to GitHub repositories',
        category: 'version_control',
        icon: 'font_github',
        tags: ['github', 'code'],
        config: { token: '******', repos: ['infinilabs/coco-server'] },
        processor: { enabled: true },
        enabled: true,
        stage: 'draft',
      },
    });
    expect(JSON.stringify(answer)).not.toContain('ghp_xxxxxxxxxxxx');
  });

  it('CO-24 CO-25 CO-26 update, which merges', async () => {
    expect(await shell(cocoLines.update)).toEqual({ _id: id, result: 'updated' });
    expect(await shell(cocoLines.view)).toMatchObject({
      _source: {
        name: 'My GitHub Connector - Updated',
        category: 'version_control',
        tags: ['github', 'code'],
        config: { token: '******', repos: ['infinilabs/coco-server'] },
      },
    });
  });

  it('CO-30 CO-31 CO-33 search, all and by name', async () => {
    const all = (await shell(cocoLines.search)) as unknown as { hits: { total: { value: number }; hits: object[] } };
    expect(Object.keys(all).sort()).toEqual(['hits', 'took']);
    expect(all.hits.hits).toContainEqual(
      expect.objectContaining({ _id: id, _source: expect.objectContaining({ id, enabled: true }) as object }),
    );
    const named = await shell(cocoLines.searchByName);
    expect(named).toMatchObject({ hits: { total: { relation: 'eq' } } });
    expect(JSON.stringify(named)).toContain(id);
    expect(JSON.stringify(named)).not.toContain('ghp_');
  });

  it('CO-28 CO-29 delete', async () => {
    expect(await shell(cocoLines.delete)).toEqual({ _id: id, result: 'deleted' });
    expect(await shell(cocoLines.view)).toMatchObject({ _id: id, found: false });
  });
});

describe('CO-36 what development mode does not open', () => {
  const url = 'http://localhost:9000/connector/_search';

  it('refuses pages of other sites and names of other machines', async () => {
    expect(await statusOf('-H', 'Sec-Fetch-Site: cross-site', url)).toBe(403);
    expect(await statusOf('-H', 'Origin: null', url)).toBe(403);
    expect(await statusOf('-H', 'Origin: https://evil.example', '-X', 'POST', '-d', '{}', url)).toBe(403);
    expect(await statusOf('-H', 'Host: evil.example', url)).toBe(403);
    expect(await statusOf('-H', 'X-Forwarded-For: 203.0.113.7', url)).toBe(401);
  });

  it('CH-27 leaves all else to those who show a token', async () => {
    for (const path of ['/flow/_search', '/connection/_search', '/user/_search', '/run/_search', '/tenant/_search'])
      expect([path, await statusOf(`http://localhost:9000${path}`)]).toEqual([path, 401]);
  });
});
