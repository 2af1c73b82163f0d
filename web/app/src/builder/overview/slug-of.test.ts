import { expect, it } from 'vitest';
import { slugOf } from './slug-of.ts';

it('makes a URL-safe word of a name', () => {
  expect(slugOf('OpenWeatherMap')).toBe('openweathermap');
  expect(slugOf('  My  CRM, v2! ')).toBe('my-crm-v2');
  expect(slugOf('Größe & Élan')).toBe('grosse-elan');
  expect(slugOf('365 days')).toBe('connector-365-days');
  expect(slugOf('東京')).toBe('');
  expect(slugOf(`${'a'.repeat(49)}-b`)).toBe('a'.repeat(49));
});
