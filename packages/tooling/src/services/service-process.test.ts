import { expect, it } from 'vitest';
import { lastWords, startServiceProcess } from './service-process.ts';

it('a service gets the environment without the secrets of Patchbay', async () => {
  const lines: string[] = [];
  const service = startServiceProcess({
    command: process.execPath,
    args: ['-e', 'console.log(Object.keys(process.env).join())'],
    env: { LANG: 'C', PATCHBAY_MASTER_KEY: 'key', DATABASE_URL: 'postgres://a:b@c/d' },
    log: (line) => lines.push(line),
    stopSignal: 'SIGTERM',
  });
  expect(await service.exited).toBe(0);
  expect(lines.join()).toContain('LANG');
  expect(lines.join()).not.toMatch(/PATCHBAY|DATABASE_URL/);
});

it('a message about a failed start shows the panic, not the end of its trace', () => {
  const trace = Array.from({ length: 30 }, (_, line) => `main.go:${line}`);
  expect(lastWords(['ready?', 'panic: no port', 'at', ...trace])).toMatch(/^panic: no port \| at \| main\.go:0/);
  expect(lastWords(trace)).toMatch(/main\.go:29$/);
  expect(lastWords([])).toBe('nothing');
});
