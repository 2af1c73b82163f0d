import { describe, expect, it } from 'vitest';
import { compareVersions } from './compare-versions.ts';

describe('compareVersions', () => {
  it('orders as semantic versioning says', () => {
    const ordered = ['0.9.9', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta.2', '1.0.0-beta.11'];
    ordered.push('1.0.0-rc.1', '1.0.0', '1.2.0', '1.10.0', '2.0.0-0', '2.0.0');
    expect(ordered.toReversed().toSorted(compareVersions)).toEqual(ordered);
  });

  it('finds equal versions equal', () => {
    expect(compareVersions('1.2.3-a.1', '1.2.3-a.1')).toBe(0);
  });
});
