import { describe, expect, it } from 'vitest';
import { nextVersion } from './component-data.ts';

describe('nextVersion', () => {
  it('starts with 1.0.0 and goes on with the patch after the newest', () => {
    expect(nextVersion([])).toBe('1.0.0');
    expect(nextVersion([{ version: '1.0.9' }, { version: '1.0.1' }])).toBe('1.0.10');
    expect(nextVersion([{ version: '2.1.0-rc.1' }])).toBe('2.1.1');
  });
});
