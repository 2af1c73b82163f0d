import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readEnvironment } from '@patchbay/config';
import { waitFor } from '@patchbay/tooling';
import { afterAll, describe, expect, it } from 'vitest';

const source = join(import.meta.dirname, '../bootstrap');
const clone = await mkdtemp(join(tmpdir(), 'patchbay-bootstrap-'));
const bootstrap = join(clone, 'packages/tooling/bootstrap');
await cp(source, bootstrap, { recursive: true });
afterAll(() => rm(clone, { recursive: true, force: true }));

/** Runs a line of JavaScript beside the bootstrap files of a clone that holds nothing else, and reads what it prints. */
async function evaluate(script: string): Promise<string> {
  const args = ['--input-type=module', '--eval', script];
  return (await promisify(execFile)(process.execPath, args, { cwd: bootstrap })).stdout.trim();
}

async function put(path: string, content: string): Promise<void> {
  await mkdir(join(clone, path, '..'), { recursive: true });
  await writeFile(join(clone, path), content);
}

describe('bootstrap', () => {
  it('imports nothing that must be installed first', async () => {
    // These two run after the installation, as programs of their own.
    const later = new Set(['build-plugins.mjs', 'build-workflow-bundle.mjs']);
    const files = (await readdir(source)).filter((file) => file.endsWith('.mjs') && !later.has(file));
    expect(files.length).toBeGreaterThan(8);
    for (const file of files) {
      const text = await readFile(join(source, file), 'utf8');
      const specifiers = [...text.matchAll(/(?:from|import) '([^']+)'/g)].map((match) => match[1] ?? '');
      expect(specifiers.filter((specifier) => !/^(node:|\.\/)/.test(specifier))).toEqual([]);
    }
  });

  it('builds again when content or name of an input changed, and only then', async () => {
    const print = `import { fingerprint } from './fingerprint.mjs'; console.log(fingerprint(['packages/a', 'lock']));`;
    await put('packages/a/src/a.ts', 'one');
    await put('lock', '1');
    const first = await evaluate(print);
    await put('packages/a/src/a.test.ts', 'a test is no input');
    await put('packages/a/dist/a.js', 'nor is an output');
    expect(await evaluate(print)).toBe(first);
    await put('packages/a/src/a.ts', 'two');
    const second = await evaluate(print);
    expect(second).not.toBe(first);
    await put('packages/a/src/b.ts', '');
    expect(await evaluate(print)).not.toBe(second);
  });

  it('does not read the clone of another folder: its root is its own', async () => {
    expect(await evaluate(`import { root } from './places.mjs'; console.log(root);`)).toBe(`${clone}/`);
  });

  it('keeps what npm adds for a script away from the program, but not the registry', async () => {
    const script = `
      import { environmentFor } from './tool-chain.mjs';
      Object.assign(process.env, { npm_lifecycle_event: 'test', npm_config_registry: 'kept', INIT_CWD: '/x', OTHER: '1' });
      const env = environmentFor({ node: '/tools/bin/node' });
      console.log(JSON.stringify([env.npm_lifecycle_event, env.npm_config_registry, env.INIT_CWD, env.OTHER, env.PATH.split(':')[0]]));`;
    expect(JSON.parse(await evaluate(script))).toEqual([null, 'kept', null, '1', '/tools/bin']);
  });

  it('shows the last lines of a command that fails, and nothing of one that works', async () => {
    const script = (code: number): string => `
      import { runQuietly } from './run-command.mjs';
      const args = ['-e', 'console.log("the reason"); process.exit(${code})'];
      await runQuietly({ command: process.execPath, args, cwd: '.', env: process.env }).catch((error) => console.log(error.message));`;
    expect(await evaluate(script(0))).toBe('');
    expect(await evaluate(script(7))).toMatch(/ended with 7:\s+the reason$/);
  });

  it('says first what failed and what to do, then what the command said', async () => {
    const script = `
      import { ensureInstalled } from './install.mjs';
      import { reportFailure } from './failure.mjs';
      const tools = { node: process.execPath, pnpm: 'none.mjs', nodeMajor: '24' };
      const progress = { step: (_name, run) => run(() => undefined) };
      process.stderr.write = (text) => process.stdout.write(text);
      await ensureInstalled(tools, progress).catch(reportFailure);
      console.log(process.exitCode);
      process.exitCode = 0;`;
    await put('pnpm-lock.yaml', '');
    await put('pnpm-workspace.yaml', '');
    await put('package.json', '{}');
    const said = await evaluate(script);
    expect(said).toMatch(/^The packages could not be installed\.\nCheck .+ start again/);
    expect(said).toMatch(/none\.mjs install[\s\S]+ended with 1:[\s\S]+Cannot find module[\s\S]+\n1$/);
  });

  it.each([
    [
      'EACCES',
      '/opt/patchbay/node_modules',
      /^\/opt\/patchbay\/node_modules cannot be written.*\nGive your user the right/,
    ],
    ['EROFS', '/cache/patchbay/tools', /XDG_CACHE_HOME=<folder> npm start$/],
    ['ENOSPC', '/cache/patchbay/tools', /^The disk is full.*\nFree about 2 GB/],
  ])('explains %s', async (code, path, expected) => {
    const script = `
      process.env.XDG_CACHE_HOME = '/cache';
      const { reportFailure } = await import('./failure.mjs');
      process.stderr.write = (text) => process.stdout.write(text);
      reportFailure(Object.assign(new Error('no'), { code: '${code}', path: '${path}' }));
      process.exitCode = 0;`;
    expect(await evaluate(script)).toMatch(expected);
  });
});

describe('handOver', () => {
  const program = `
    let count = 0;
    const take = (signal) => { count += 1; setTimeout(() => { console.log(signal + ' ' + count); process.exit(42); }, 300); };
    process.on('SIGINT', take).on('SIGTERM', take);
    setInterval(() => undefined, 1000);
    console.log('ready');`;
  const script = `
    import { handOver } from './run-command.mjs';
    const args = ['-e', ${JSON.stringify(program)}];
    process.exitCode = await handOver({ command: process.execPath, args, cwd: '.', env: process.env });`;
  const nodeArgs = ['--input-type=module', '--eval', script];

  interface Started {
    readonly child: ChildProcess;
    /** Waits until it has printed the text. */
    prints(text: string): Promise<void>;
  }

  async function start(command: string, args: readonly string[]): Promise<Started> {
    const env = { ...readEnvironment(), npm_lifecycle_event: 'start' };
    const child = spawn(command, args, { cwd: bootstrap, env, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const prints = (text: string): Promise<void> =>
      waitFor(() => (output.includes(text) ? Promise.resolve() : Promise.reject(new Error(output))), {
        timeoutMs: 10_000,
      });
    await prints('ready');
    return { child, prints };
  }

  it('passes Ctrl-C on once, though terminal and npm send it several times, and answers the exit code', async () => {
    const { child, prints } = await start(process.execPath, nodeArgs);
    const exited = once(child, 'exit');
    for (let index = 0; index < 3; index += 1) child.kill('SIGINT');
    expect(await exited).toEqual([42, null]);
    await prints('SIGINT 1');
  });

  it('ends the program when the shell that npm put between ends without passing the signal on', async () => {
    const { child, prints } = await start('sh', ['-c', '"$@"; exit $?', 'sh', process.execPath, ...nodeArgs]);
    child.kill('SIGTERM');
    await prints('SIGTERM 1');
  });
});
