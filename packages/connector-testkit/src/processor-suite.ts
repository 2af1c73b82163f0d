import {
  findOperation,
  findProcessor,
  inputOfPage,
  readPage,
  type JsonObject,
  type JsonValue,
} from '@patchbay/manifest';
import { findProblems } from '@patchbay/connector-runtime';
import { describe, expect, it } from 'vitest';
import type { ConnectorHarness } from './connector-harness.ts';

/** Registers what must hold for each data processor without any remote system (CO-51x). */
export function describeProcessors(names: readonly string[], getHarness: () => ConnectorHarness): void {
  const found = (name: string) => {
    const { manifest } = getHarness();
    const processor = findProcessor(manifest, name);
    const operation = findOperation(manifest, processor?.operation ?? '');
    if (processor === undefined || operation === undefined) throw new Error(`the manifest lost ${name}`);
    return { processor, operation };
  };

  describe.each(names)('data processor %s', (name) => {
    it('has title and description, and an operation that only reads', () => {
      const { processor, operation } = found(name);
      expect(processor.title).not.toBe('');
      expect(processor.description).not.toBe('');
      expect(operation.effect).toBe('read');
    });

    it('reads the sample outputs of its operation as pages of records', () => {
      const { processor, operation } = found(name);
      const outputs = operation.samples.flatMap(({ output }) => (output === undefined ? [] : [output as JsonValue]));
      expect(outputs.length, `${operation.name} has no sample with an output`).toBeGreaterThan(0);
      for (const output of outputs) expect(readPage(processor, output).records.length).toBeGreaterThan(0);
    });

    it('takes the cursor of a page as input', () => {
      const { processor, operation } = found(name);
      for (const { input, output } of operation.samples) {
        const cursor = output === undefined ? undefined : readPage(processor, output as JsonValue).cursor;
        expect(findProblems(operation.input, inputOfPage(processor, input as JsonObject, cursor))).toEqual([]);
      }
    });
  });
}
