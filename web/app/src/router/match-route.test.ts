import { expect, it } from 'vitest';
import { matchRoute } from './match-route.ts';

const routes = [{ pattern: '/' }, { pattern: '/connections/new' }, { pattern: '/connections/:id' }];

it('takes the first pattern that fits', () => {
  expect(matchRoute(routes, '/connections/new')?.route.pattern).toBe('/connections/new');
  expect(matchRoute(routes, '/connections/c%201')).toMatchObject({ params: { id: 'c 1' } });
  expect(matchRoute(routes, '/')?.route.pattern).toBe('/');
});

it('does not match another number of segments', () => {
  expect(matchRoute(routes, '/connections/1/2')).toBeUndefined();
});

it('takes a broken escape as it stands', () => {
  expect(matchRoute(routes, '/connections/%E0%A4%A')?.params).toEqual({ id: '%E0%A4%A' });
});
