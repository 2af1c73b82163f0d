import { describe, expect, it } from 'vitest';
import { scoreMatch, type GivenData, type WantedField } from './score-match.ts';

const score = (field: WantedField | string, ...names: string[]): number =>
  scoreMatch(typeof field === 'string' ? { name: field } : field, { names });

describe('how well data fits a field', () => {
  it('ranks the same name over two names, synonyms, beginnings and shared words', () => {
    expect(score('city', 'city')).toBe(100);
    expect(score('customerEmail', 'customer', 'email')).toBe(90);
    expect(score('to', 'customer', 'email')).toBe(80);
    expect(score('temperature', 'main', 'temp')).toBe(70);
    expect(score('shipping_city', 'shipping', 'city_name')).toBe(70);
    expect(score('subject', 'main', 'humidity')).toBe(0);
    expect(score('na', 'name')).toBe(0);
  });

  it('reads descriptions and titles of both sides', () => {
    const data: GivenData = { names: ['main', 'hum'], description: 'Relative humidity of the air in percent' };
    expect(scoreMatch({ name: 'humidity' }, data)).toBe(60);
    expect(scoreMatch({ name: 'reading', title: 'Humidity of the air, relative' }, data)).toBe(60);
    expect(scoreMatch({ name: 'reading', description: 'A value that is given' }, data)).toBe(0);
    expect(scoreMatch({ name: 'note', description: 'Where the pressure goes' }, { names: ['pressure'] })).toBe(60);
  });
});
