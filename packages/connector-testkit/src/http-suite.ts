import type { JsonObject } from '@patchbay/manifest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectorHarness, TestConnection } from './connector-harness.ts';
import { describeSilence, failureOf } from './silence-suite.ts';
import { startHttpStub, type StubRemote } from './stub-remote.ts';

/** An operation of a connector that calls a remote over HTTP. */
export interface HttpProbe {
  readonly operation: string;
  /** Input that makes the operation call the stub at `baseUrl`. */
  readonly input: (baseUrl: string) => JsonObject;
  /** Connection for the stub. Its `credentials` are planted: the suite looks for them in all that comes out. */
  readonly connection?: (baseUrl: string) => TestConnection;
}

const statusCodes = [
  [400, 'remote_bad_request', false],
  [401, 'remote_unauthorized', false],
  [403, 'remote_forbidden', false],
  [404, 'remote_not_found', false],
  [409, 'remote_conflict', false],
  [429, 'remote_rate_limited', true],
  [500, 'remote_unavailable', true],
] as const;

/** Registers how an operation must treat what a remote HTTP server does. The server is real. */
export function describeHttp(probe: HttpProbe, getHarness: () => ConnectorHarness): void {
  describe(`remote HTTP server (${probe.operation})`, () => {
    let stub: StubRemote;
    let status = 200;

    beforeAll(async () => {
      stub = await startHttpStub((request, response) => {
        response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '3' });
        // Says back all it got, credentials included, as careless servers do in error pages.
        response.end(
          JSON.stringify({ message: JSON.stringify(request.headers), url: request.url, body: request.body }),
        );
      });
    });
    afterAll(() => stub.close());
    beforeEach(() => {
      status = 200;
    });

    const invoke = (): Promise<unknown> =>
      getHarness().invoke(probe.operation, probe.input(stub.url), {
        baseUrl: stub.url,
        ...(probe.connection === undefined ? {} : { connection: probe.connection(stub.url) }),
      });

    it.each(statusCodes)('turns status %i into %s', async (given, code, isRetryable) => {
      status = given;
      const error = await failureOf(invoke());
      expect([error.code, error.isRetryable]).toEqual([code, isRetryable]);
      expect(error.details['call']).toMatchObject({ status: given });
      if (given === 429) expect(error.details['retryAfterMs']).toBe(3_000);
    });

    it('shows no secret in result, error or log', async () => {
      const secrets = Object.values(probe.connection?.(stub.url).credentials ?? {});
      const result = await invoke().catch((error: unknown) => error);
      status = 500;
      const error = await failureOf(invoke());
      const shown = JSON.stringify([result, error.message, error.details, error.hint, getHarness().logLines]);
      for (const secret of secrets) {
        for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) {
          expect(shown.includes(form), 'a secret came out').toBe(false);
        }
      }
    });
  });

  describeSilence(
    {
      operation: probe.operation,
      input: ({ url }) => probe.input(url),
      ...(probe.connection === undefined ? {} : { connection: ({ url }) => probe.connection?.(url) ?? {} }),
    },
    getHarness,
  );
}
