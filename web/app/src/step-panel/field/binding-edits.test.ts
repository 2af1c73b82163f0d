import { describe, expect, it } from 'vitest';
import { bindingToJson, insertReference, jsonToBinding, modeOf, toMode } from './binding-edits.ts';

const text = { type: 'string' };

describe('insertReference', () => {
  it('keeps the type when the field is empty', () => {
    expect(insertReference(undefined, 'trigger.id', text)).toEqual({ formula: 'trigger.id' });
    expect(insertReference({ value: '' }, 'trigger.id', text)).toEqual({ formula: 'trigger.id' });
  });
  it('joins text that is already there', () => {
    expect(insertReference({ value: 'ORD-' }, 'trigger.id', text)).toEqual({ template: 'ORD-{{ trigger.id }}' });
    expect(insertReference({ template: 'a {{ b }}' }, 'c', text)).toEqual({ template: 'a {{ b }}{{ c }}' });
    expect(insertReference({ formula: 'trigger.id' }, 'loop.item', text)).toEqual({
      template: '{{ trigger.id }}{{ loop.item }}',
    });
  });
  it('replaces a pill of a number field', () => {
    expect(insertReference({ formula: 'trigger.id' }, 'loop.item', { type: 'number' })).toEqual({
      formula: 'loop.item',
    });
  });
});

describe('toMode', () => {
  it('keeps content from value to text to formula and back', () => {
    expect(toMode({ value: 'Hi' }, 'text')).toEqual({ template: 'Hi' });
    expect(toMode({ template: 'Hi {{ trigger.name }}!' }, 'formula')).toEqual({
      formula: '"Hi " + string(trigger.name) + "!"',
    });
    expect(toMode({ template: '{{ trigger.name }}' }, 'formula')).toEqual({ formula: 'trigger.name' });
    expect(toMode({ value: '' }, 'formula')).toEqual({ formula: '' });
    expect(toMode({ template: 'Hi' }, 'value')).toEqual({ value: 'Hi' });
  });
  it('says when content would be lost', () => {
    expect(toMode({ formula: '1 + 2' }, 'value')).toBeUndefined();
  });
});

describe('JSON with data', () => {
  it('reads expressions inside strings and writes them back', () => {
    const json = { id: '{{ trigger.id }}', note: 'for {{ trigger.name }}', fixed: [1, true, null] };
    const binding = jsonToBinding(json);
    expect(binding).toEqual({
      object: {
        id: { formula: 'trigger.id' },
        note: { template: 'for {{ trigger.name }}' },
        fixed: { value: [1, true, null] },
      },
    });
    expect(bindingToJson(binding)).toEqual(json);
  });
  it('keeps a plain object literal', () => {
    expect(jsonToBinding({ a: 1 })).toEqual({ value: { a: 1 } });
  });
});

it('shows sub-fields for objects that have no binding yet', () => {
  expect(modeOf(undefined, { type: 'object' })).toBe('nested');
  expect(modeOf(undefined, text)).toBe('value');
  expect(modeOf({ formula: 'a' }, { type: 'object' })).toBe('formula');
});
