import { describe, expect, it } from 'vitest';
import { assertTriggerData, toTriggerData } from './check-input.ts';

const schema = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string' }, lines: { type: 'array', items: { type: 'integer' } } },
};
const form = { kind: 'manual', title: 'Start', inputSchema: schema } as const;
const webhook = {
  kind: 'webhook',
  title: 'Called',
  bodySchema: schema,
  reply: 'sync',
  auth: 'none',
  maxBodyBytes: 1_000,
} as const;

describe('assertTriggerData', () => {
  it('takes data that fits', () => {
    assertTriggerData(form, { id: 'a', lines: [1] });
    assertTriggerData(webhook, { body: { id: 'a' }, query: {}, headers: {}, method: 'POST' });
  });

  it('names every problem by its place', () => {
    const check = () => {
      assertTriggerData(form, { id: 1, lines: [1, 'x'] });
    };
    const fields = [expect.objectContaining({ path: '/id' }), expect.objectContaining({ path: '/lines/1' })];
    expect(check).toThrow(expect.objectContaining({ code: 'run_input_invalid', details: { fields } }) as Error);
  });

  it('checks the body of a webhook, also when it is missing', () => {
    const check = () => {
      assertTriggerData(webhook, { body: null });
    };
    expect(check).toThrow(expect.objectContaining({ code: 'run_input_invalid' }) as Error);
  });
});

describe('toTriggerData', () => {
  it('wraps a plain body and leaves whole trigger data as it is', () => {
    expect(toTriggerData(webhook, { id: 'a' })).toEqual({ body: { id: 'a' }, query: {}, headers: {}, method: 'POST' });
    expect(toTriggerData(webhook, { body: 1, method: 'GET' })).toEqual({
      body: 1,
      query: {},
      headers: {},
      method: 'GET',
    });
    expect(toTriggerData(form, undefined)).toEqual({});
  });
});
