import { describe, expect, it } from 'vitest';
import { loggedPath } from './request-log.ts';

describe('loggedPath', () => {
  it('hides what is secret in an address', () => {
    expect(loggedPath({ url: '/app/sign-in?token=planted' })).toBe('/app/sign-in');
    expect(loggedPath({ url: '/hook/planted?x=planted' })).toBe('/hook/…');
    expect(loggedPath({ url: '/run/1' })).toBe('/run/1');
  });
});
