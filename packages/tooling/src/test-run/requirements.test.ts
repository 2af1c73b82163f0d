import { describe, expect, it } from 'vitest';
import { findRegressions, idsIn, renderStatus, stateById } from './requirements.ts';

const test = (title: string, isPassed = true) => ({ title, file: 'x.test.ts', isPassed });
const requirements = [
  { id: 'CH-01', section: 'Choreo', text: 'One a | b.' },
  { id: 'DI-02', section: 'DIBOP', text: 'Two.' },
  { id: 'DI-03', section: 'DIBOP', text: 'Three.' },
];

describe('requirements', () => {
  it('finds the ids in a title, and nothing that only looks like one', () => {
    expect(idsIn('CH-01 and DI-02, DI-02: does it')).toEqual(['CH-01', 'DI-02']);
    expect(idsIn('XCH-01 CH-1 CO-123')).toEqual([]);
  });

  it('counts an id as failed as soon as one of its tests failed, in any order', () => {
    const states = stateById([test('CH-01 a', false), test('CH-01 b'), test('DI-02 a'), test('DI-02 b', false)]);
    expect([...states]).toEqual([
      ['CH-01', 'failed'],
      ['DI-02', 'failed'],
    ]);
  });

  it('renders a page from which the next run finds what got lost', () => {
    const page = renderStatus(requirements, [test('CH-01'), test('DI-02 a | b <x>'), test('DI-02 again')]);
    expect(page).toContain('2 of 3 requirements');
    expect(page).toContain('| CH-01 | passed | One a \\| b. | x.test.ts: CH-01 |');
    expect(page).toContain('| x.test.ts: DI-02 a \\| b &lt;x><br>x.test.ts: DI-02 again |');
    expect(page).toContain('| DI-03 | none | Three. |  |');
    expect(findRegressions(page, stateById([test('CH-01'), test('DI-03')]))).toEqual(['DI-02']);
  });
});
