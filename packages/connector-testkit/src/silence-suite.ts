import { isAppError, type AppError } from '@patchbay/errors';
import type { JsonObject } from '@patchbay/manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectorHarness, TestConnection } from './connector-harness.ts';
import { startSilentStub, type StubRemote } from './stub-remote.ts';

/** An operation that connects to a remote, over whatever protocol. */
export interface SilenceProbe {
  readonly operation: string;
  readonly input: (remote: { url: string; port: number }) => JsonObject;
  readonly connection?: (remote: { url: string; port: number }) => TestConnection;
}

/** Registers how an operation must behave when the remote accepts the connection and then says nothing, or is not there. */
export function describeSilence(probe: SilenceProbe, getHarness: () => ConnectorHarness): void {
  describe(`silent remote (${probe.operation})`, () => {
    let stub: StubRemote;
    beforeAll(async () => {
      stub = await startSilentStub();
    });
    afterAll(() => stub.close());

    const invoke = (options: { timeoutMs: number; signal?: AbortSignal; port?: number }): Promise<unknown> => {
      const port = options.port ?? stub.port;
      const remote = { url: `http://127.0.0.1:${String(port)}`, port };
      return getHarness().invoke(probe.operation, probe.input(remote), {
        baseUrl: remote.url,
        timeoutMs: options.timeoutMs,
        ...(options.signal === undefined ? {} : { signal: options.signal }),
        ...(probe.connection === undefined ? {} : { connection: probe.connection(remote) }),
      });
    };

    it('ends at the timeout', async () => {
      const startedAt = performance.now();
      const error = await failureOf(invoke({ timeoutMs: 700 }));
      expect([error.code, error.isRetryable]).toEqual(['operation_timeout', true]);
      expect(performance.now() - startedAt).toBeLessThan(3_000);
    });

    it('ends at once when the call is aborted', async () => {
      const controller = new AbortController();
      const before = stub.connectionCount();
      const failure = failureOf(invoke({ timeoutMs: 30_000, signal: controller.signal }));
      await expect.poll(() => stub.connectionCount(), { timeout: 10_000 }).toBeGreaterThan(before);
      controller.abort();
      expect((await failure).code).toBe('operation_cancelled');
    });

    it('reports a remote that is not there as network_error', async () => {
      const error = await failureOf(invoke({ timeoutMs: 10_000, port: 1 }));
      expect([error.code, error.isRetryable]).toEqual(['network_error', true]);
    });
  });
}

/** The AppError a call fails with; a success or any other error fails the test. */
export async function failureOf(call: Promise<unknown>): Promise<AppError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in outcome && isAppError(outcome.error)) return outcome.error;
  throw new Error(`expected an AppError, got ${JSON.stringify(outcome)}`, { cause: outcome });
}
