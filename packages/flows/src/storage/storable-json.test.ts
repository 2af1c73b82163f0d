import { describe, expect, it } from 'vitest';
import { toStorableJson } from './storable-json.ts';

describe('toStorableJson', () => {
  it('replaces NUL and half characters, in values and keys', () => {
    expect(JSON.parse(toStorableJson({ a: 'x\0y', 'k\0': '\ud83d' }))).toEqual({ a: 'x\ufffdy', 'k\ufffd': '\ufffd' });
  });

  it('keeps everything else as it is', () => {
    const value = { text: 'back\\u0000slash \\\\u0000 \u0001 😀 é', list: [1, null, true] };
    expect(JSON.parse(toStorableJson(value))).toEqual(value);
  });

  it('tells an escaped backslash from an escape', () => {
    expect(JSON.parse(toStorableJson('\\\0'))).toBe('\\\ufffd');
  });
});
