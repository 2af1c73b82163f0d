import { describe, expect, it } from 'vitest';
import { newerVersion } from './newer-version.ts';

const listed = (version: string, stage: 'published' | 'deprecated' = 'published') => [
  { slug: 'weather', version, stage },
];
const step = (version: string) => ({ connector: 'weather', version });

describe('a newer version of the connector of a step', () => {
  it('is the published one with a higher number', () => {
    expect(newerVersion(listed('2.10.0'), step('2.9.1'))).toBe('2.10.0');
    expect(newerVersion(listed('2.0.0'), step('2.0.0-beta'))).toBe('2.0.0');
    expect(newerVersion(listed('2.0.0'), step('2.0.0'))).toBeUndefined();
    expect(newerVersion(listed('1.9.0'), step('2.0.0'))).toBeUndefined();
  });

  it('is not one that nobody should start with, nor of another connector', () => {
    expect(newerVersion(listed('2.0.0', 'deprecated'), step('1.0.0'))).toBeUndefined();
    expect(newerVersion(listed('2.0.0'), { connector: 'mail', version: '1.0.0' })).toBeUndefined();
  });
});
