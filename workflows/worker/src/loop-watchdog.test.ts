import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

const watchdog = new URL('./loop-watchdog.ts', import.meta.url).href;
const patient = '{ everyMs: 100, patience: 10 }';

/** Runs `code` in a process of its own that has a watchdog; tells how it ended and what it said. */
async function run(code: string): Promise<{ code: number | null; signal: string | null; said: string }> {
  const program = `import { watchLoop } from ${JSON.stringify(watchdog)}; watchLoop(${patient});\n${code}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [exitCode, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code: exitCode, signal, said };
}

describe('watchLoop', () => {
  it('kills a process whose event loop stands still, and says so', async () => {
    const { signal, said } = await run('for (;;);');
    expect(signal).toBe('SIGKILL');
    expect(said).toContain('The event loop stands still for 1 s');
  });

  it('leaves a process alone that only works much', async () => {
    const work =
      'const end = Date.now() + 2_000; const turn = () => { const until = Date.now() + 60; while (Date.now() < until);';
    const { code, said } = await run(
      `${work} if (Date.now() < end) setImmediate(turn); else console.log('done'); }; turn();`,
    );
    expect({ code, said: said.trim() }).toEqual({ code: 0, said: 'done' });
  });

  it('does not keep a process alive', async () => {
    expect(await run("console.log('over');")).toMatchObject({ code: 0 });
  });
});
