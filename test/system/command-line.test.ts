import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '@patchbay/config';
import { freePort, startInstallation, type Installation } from './installation.ts';

const entry = fileURLToPath(new URL('../../packages/cli/bin/patchbay.mjs', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

async function patchbay(args: readonly string[], env: Record<string, string> = {}, cwd = root): Promise<Answer> {
  const child = spawn(process.execPath, [entry, ...args], { cwd, env: { ...readEnvironment(), ...env } });
  const chunks = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (chunks.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (chunks.err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...chunks };
}

const greeting = `schemaVersion: 1
name: Greeting
trigger: { kind: manual, title: Start, inputSchema: { type: object, properties: { name: { type: string } }, required: [name] } }
steps:
  hello: { key: hello, kind: transform, title: Hello, output: { template: 'Hello {{ trigger.name }}' } }
scopes: { root: { steps: [hello], edges: [] } }
layout: { positions: {} }
`;

describe('the command line', () => {
  let installation: Installation;
  let folder: string;
  const run = (...args: string[]): Promise<Answer> => patchbay(args, { PATCHBAY_DATA_DIR: installation.dataDir });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchbay-cli-'));
    await writeFile(join(folder, 'greeting.yaml'), greeting);
    await writeFile(join(folder, 'broken.yaml'), greeting.replace('trigger.name }}', 'trigger.nmae }}'));
    installation = await startInstallation();
  });
  afterAll(async () => {
    await installation.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('shows every command with examples', async () => {
    const top = await patchbay(['--help']);
    expect(top.code).toBe(0);
    for (const command of ['dev', 'server', 'worker', 'flow', 'connector', 'doctor'])
      expect(top.out).toContain(command);
    const help = await patchbay(['flow', 'push', '--help']);
    expect(help.out).toContain('Example');
  });

  it('takes a flow from a file to a finished run', async () => {
    const pushed = await run('flow', 'push', join(folder, 'greeting.yaml'), '--publish', '--json');
    expect(pushed).toMatchObject({ code: 0, err: '' });
    const { id } = JSON.parse(pushed.out) as { id: string };
    const ran = await run('flow', 'run', id, '--input', '{"name":"Ada"}', '--wait', '--json');
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({ state: 'succeeded', output: 'Hello Ada' });
    const listed = await run('flow', 'list', '--json');
    expect(JSON.parse(listed.out)).toContainEqual(expect.objectContaining({ id, name: 'Greeting' }));
    const logs = await run('flow', 'logs', id, '--json');
    expect(JSON.parse(logs.out)).toHaveLength(1);
    const pulled = await run('flow', 'pull', id, '--out', join(folder, 'again.yaml'));
    expect(pulled.code).toBe(0);
    expect(await readFile(join(folder, 'again.yaml'), 'utf8')).toContain('Hello {{ trigger.name }}');
    const again = await run('flow', 'push', join(folder, 'again.yaml'), '--id', id);
    expect(again.code).toBe(0);
  });

  it('names step and field of a problem and exits with 1', async () => {
    expect(await run('flow', 'validate', join(folder, 'greeting.yaml'))).toMatchObject({ code: 0 });
    const broken = await run('flow', 'validate', join(folder, 'broken.yaml'), '--json');
    expect(broken.code).toBe(1);
    const { issues } = JSON.parse(broken.out) as { issues: object[] };
    expect(issues).toContainEqual(expect.objectContaining({ step: 'hello', code: 'expression_reference' }));
  });

  it.each([
    ['an unknown command', ['fly'], 2],
    ['an unknown option', ['flow', 'list', '--nope'], 2],
    ['a flow that is not there', ['flow', 'pull', '01ARZ3NDEKTSV4RRFFQ69G5FAV'], 4],
    ['a file that is not there', ['flow', 'push', 'nowhere.yaml'], 2],
    ['input that is not JSON', ['flow', 'run', 'x', '--input', '{'], 2],
    ['a wrong token', ['flow', 'list', '--token', 'pb_wrong_token'], 3],
    ['a server that is not there', ['flow', 'list', '--url', 'http://127.0.0.1:9'], 6],
  ])('answers %s with a sentence and its exit code', async (_name, args, code) => {
    const answer = await run(...args);
    expect(answer.code).toBe(code);
    expect(answer.err).not.toBe('');
    expect(answer.err).not.toMatch(/at .*\.ts:\d+/);
  });

  it('finds this machine and the server in order', async () => {
    const answer = await run('doctor', '--json');
    const findings = JSON.parse(answer.out) as { name: string; isWell: boolean }[];
    expect(findings.find(({ name }) => name === 'Server')).toMatchObject({ isWell: true });
    expect(findings.find(({ name }) => name === 'Access')).toMatchObject({ isWell: true });
  });

  it('refuses a second instance on the same data folder, and a port that is taken', async () => {
    const second = await patchbay(['dev'], { PATCHBAY_DATA_DIR: installation.dataDir, PORT: String(await freePort()) });
    expect(second.code).toBe(5);
    expect(second.err).toContain('data_folder_locked');
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address() as { port: number };
    const taken = await patchbay(['dev'], { PATCHBAY_DATA_DIR: join(folder, 'data'), PORT: String(address.port) });
    server.close();
    expect(taken.code).toBe(5);
    expect(taken.err).toContain('port_taken');
  });
});

describe('patchbay connector', () => {
  it.each(['declarative', 'node'])('makes a %s connector that validates and builds', async (runtime) => {
    // Below a package that depends on the SDK, so that the new connector resolves it without an install.
    const slug = `system-test-${runtime}`;
    const folder = join(root, 'packages/cli/.system-test', slug);
    try {
      const made = await patchbay(['connector', 'new', slug, '--directory', folder, '--runtime', runtime]);
      expect(made).toMatchObject({ code: 0 });
      const checked = await patchbay(['connector', 'validate', folder, '--json']);
      expect(JSON.parse(checked.out)).toEqual({ valid: true, problems: [] });
      const built = await patchbay(['connector', 'build', folder, '--json']);
      expect(built.code).toBe(0);
      const manifest = JSON.parse(await readFile(join(folder, 'connector.json'), 'utf8')) as { slug: string };
      expect(manifest.slug).toBe(slug);
      const twice = await patchbay(['connector', 'new', slug, '--directory', folder]);
      expect(twice.code).toBe(5);
    } finally {
      await rm(join(root, 'packages/cli/.system-test'), { recursive: true, force: true });
    }
  });
});
