import { findProblems } from '@patchbay/connector-runtime';
import { isAppError } from '@patchbay/errors';
import { resilienceFor, type JsonObject, type JsonValue, type Operation } from '@patchbay/manifest';
import { describe, expect, it } from 'vitest';
import type { ConnectorHarness } from './connector-harness.ts';

/** A field no operation has. */
const unknownField = 'patchbayUnknownField';

/** Registers what must hold for each operation without any remote system. */
export function describeOperations(names: readonly string[], getHarness: () => ConnectorHarness): void {
  const operationOf = (name: string): Operation => {
    const found = getHarness().manifest.operations.find((operation) => operation.name === name);
    if (found === undefined) throw new Error(`the manifest lost ${name}`);
    return found;
  };

  describe.each(names)('operation %s', (name) => {
    it('has title, description and a known effect', () => {
      const operation = operationOf(name);
      expect(operation.title).not.toBe('');
      expect(operation.description).not.toBe('');
      expect(['read', 'idempotent', 'keyed', 'once']).toContain(operation.effect);
      expect(resilienceFor(getHarness().manifest, operation).timeoutMs).toBeGreaterThan(0);
    });

    it('has samples, and they fit its schemas', () => {
      const operation = operationOf(name);
      expect(operation.samples.length).toBeGreaterThan(0);
      for (const sample of operation.samples) {
        expect(findProblems(operation.input, sample.input as JsonValue)).toEqual([]);
        if (sample.output !== undefined) expect(findProblems(operation.output, sample.output as JsonValue)).toEqual([]);
      }
    });

    it('describes its fields', () => {
      for (const [field, schema] of Object.entries(propertiesOf(operationOf(name)))) {
        const { title, description } = schema as { title?: string; description?: string };
        expect(title ?? description, `${field} has neither title nor description`).toBeTruthy();
      }
    });

    it('refuses an unknown field before it calls anything', async () => {
      const sample = operationOf(name).samples[0]?.input ?? {};
      const failure = await getHarness()
        .invoke(name, { ...(sample as JsonObject), [unknownField]: 1 })
        .catch((error: unknown) => error);
      expect(isAppError(failure) ? failure.code : failure).toBe('operation_input_invalid');
    });
  });
}

function propertiesOf(operation: Operation): Record<string, unknown> {
  return (operation.input['properties'] ?? {}) as Record<string, unknown>;
}
