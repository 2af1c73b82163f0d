import type { FlowDocument, JsonSchema, StepOf } from '@patchbay/flow-model';
import type { ConnectorManifest } from '@patchbay/manifest';
import { describe, expect, it } from 'vitest';
import { describeUpdate } from './describe-update.ts';

const fields = (properties: JsonSchema, required: string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required,
});
const manifest = (
  version: string,
  schemas: { input: JsonSchema; output: JsonSchema },
  name = 'look',
): ConnectorManifest =>
  ({
    ...{ version, changelog: [{ version: '2.0.0', text: 'Places by id.' }] },
    operations: [{ name, ...schemas }],
  }) as unknown as ConnectorManifest;
const step = { key: 'look', kind: 'operation', title: 'Look', operation: 'look', input: { city: { value: 'x' } } };
const later = {
  key: 'keep',
  kind: 'transform',
  title: 'Keep',
  output: { object: { t: { formula: 'look.temp + 1' } } },
};
const subject = {
  step: step as unknown as StepOf<'operation'>,
  document: { steps: { look: step, keep: later } } as unknown as FlowDocument,
};
const old = manifest('1.0.0', {
  input: fields({ city: { type: 'string' } }),
  output: fields({ temp: { type: 'number' } }),
});

describe('what a newer version means for a step', () => {
  it('names changes and the mappings that they touch, here and in later steps', () => {
    const next = manifest('2.0.0', {
      input: fields({ id: { type: 'string' } }, ['id']),
      output: fields({ temp: { type: 'string' } }),
    });
    expect(describeUpdate(subject, old, next)).toEqual({
      changes: ['Places by id.', 'Needs Id, required: new.', 'Needs city no longer.', 'Gives Temp as string.'],
      affected: ['Look: city', 'Look: id', 'Keep: uses temp'],
    });
  });

  it('finds nothing where nothing is different, and says when the operation is gone', () => {
    expect(describeUpdate(subject, old, { ...old, version: '1.0.1' })).toEqual({ changes: [], affected: [] });
    const gone = manifest('2.0.0', { input: fields({}), output: fields({}) }, 'other');
    expect(describeUpdate(subject, old, gone).affected).toEqual(['Look: operation']);
  });
});
