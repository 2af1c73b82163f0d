import { describe, expect, it } from 'vitest';
import { SlugSchema } from '@patchbay/manifest';
import { makeSlug } from './make-slug.ts';

describe('makeSlug', () => {
  it.each([
    ['OpenWeatherMap', 'openweathermap'],
    ['My GitHub Connector', 'my-github-connector'],
    ['  Crème brûlée!  ', 'creme-brulee'],
    ['3scale', 'connector-3scale'],
    ['天気', 'connector'],
  ])('DI-06 makes of "%s" %s', (name, slug) => {
    expect(makeSlug(name)).toBe(slug);
  });

  it.each([
    '',
    '   ',
    '---',
    '_',
    '9',
    'a'.repeat(300),
    `${'a'.repeat(49)} b`,
    'İ',
    'ﬀ',
    '🙂 ok',
    'A--B',
    '\u0301',
    'x\u0000y',
  ])('DI-06 makes a slug of "%s" too', (name) => {
    expect(SlugSchema.safeParse(makeSlug(name)).success).toBe(true);
  });
});
