import type { Connector, DeclarativeConnector } from '@patchbay/connector-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageDirOf, startConnector, type ConnectorHarness } from './connector-harness.ts';
import { describeHttp, type HttpProbe } from './http-suite.ts';
import { describeOperations } from './operation-suite.ts';
import { describePackage } from './package-suite.ts';
import { describeProcessors } from './processor-suite.ts';
import { describeSilence, type SilenceProbe } from './silence-suite.ts';

/** What the suite needs to know beyond the connector itself. */
export interface ConformanceOptions {
  /** `import.meta.url` of the test file, which lies in the `test` folder of the package. */
  readonly testUrl: string;
  /** Operations that speak HTTP: one per way of calling is enough. */
  readonly http?: readonly HttpProbe[];
  /** Operations that speak another protocol. */
  readonly silence?: readonly SilenceProbe[];
}

/**
 * Registers the conformance suite of a connector. It runs the connector as it ships: bundled, in a plugin host, behind
 * the egress guard. A connector that passes behaves in every flow as the flow designer is told it does.
 *
 * @example
 * ```ts
 * testConnector(connector, {
 *   testUrl: import.meta.url,
 *   http: [{ operation: 'get', input: (url) => ({ url: `${url}/things` }) }],
 * });
 * ```
 */
export function testConnector(connector: Connector | DeclarativeConnector, options: ConformanceOptions): void {
  const packageDir = packageDirOf(options.testUrl);
  let harness: ConnectorHarness | undefined;
  const getHarness = (): ConnectorHarness => {
    if (harness === undefined) throw new Error('the harness is started in beforeAll');
    return harness;
  };

  describe(`conformance of ${connector.profile.slug}`, () => {
    beforeAll(async () => {
      harness = await startConnector(connector, packageDir);
    });
    afterAll(() => harness?.close());

    describePackage(connector, packageDir);
    describeOperations(
      connector.operations.map((operation) => operation.name),
      getHarness,
    );
    describeProcessors(
      connector.processors.map((processor) => processor.name),
      getHarness,
    );
    for (const probe of options.http ?? []) describeHttp(probe, getHarness);
    for (const probe of options.silence ?? []) describeSilence(probe, getHarness);

    it('leaves the globals of its process alone', () => {
      expect(Object.keys(Object.prototype)).toEqual([]);
      expect(String(globalThis.fetch)).toContain('fetch');
    });
  });
}
