import { describe, expect, it } from 'vitest';
import { keepAlive } from './keep-alive.ts';

interface FakeService {
  readonly port: number;
  readonly exited: Promise<number | string>;
  readonly die: (reason: string) => void;
  stop(): Promise<void>;
}

function aService(port: number): FakeService {
  const { promise, resolve } = Promise.withResolvers<number | string>();
  return {
    port,
    exited: promise,
    die: resolve,
    stop: () => {
      resolve('stopped');
      return Promise.resolve();
    },
  };
}

describe('keepAlive', () => {
  it('starts a service again until it is back on its first port', async () => {
    const started: FakeService[] = [];
    const ports = [9432, 40_000, 9432];
    const kept = await keepAlive({
      name: 'PostgreSQL',
      start: () => {
        const port = ports[started.length];
        if (port === undefined) return Promise.reject(new Error('started too often'));
        const service = aService(port);
        started.push(service);
        return Promise.resolve(service);
      },
      note: () => undefined,
    });
    kept.first.die('SIGKILL');
    await expect.poll(() => started.length, { timeout: 5_000 }).toBe(3);
    await kept.stop();
    expect(await started[2]?.exited).toBe('stopped');
  });

  it('does not start a service again that was told to stop', async () => {
    let count = 0;
    const kept = await keepAlive({
      name: 'Temporal',
      start: () => {
        count += 1;
        return Promise.resolve(aService(9233));
      },
      note: () => undefined,
    });
    await kept.stop();
    expect(count).toBe(1);
  });
});
