import { expect, it } from 'vitest';
import { slugOf } from './slug-of.ts';

it('makes a URL-safe word of a name', () => {
  expect(slugOf('OpenWeatherMap')).toBe('openweathermap');
  expect(slugOf('  My  CRM, v2! ')).toBe('my-crm-v2');
  expect(slugOf('Größe & Élan')).toBe('groesse-elan');
  expect(slugOf('365 days')).toBe('days');
  expect(slugOf('東京')).toBe('');
  expect(slugOf(`${'a'.repeat(59)}-b`)).toBe('a'.repeat(59));
});
