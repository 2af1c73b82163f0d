import { expect, it } from 'vitest';
import { startServiceProcess } from './service-process.ts';

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
