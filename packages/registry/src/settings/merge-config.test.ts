import { describe, expect, it } from 'vitest';
import { mergeConfig, mergePatch } from './merge-config.ts';
import { isSecretKey, maskConfig, maskAddresses } from './secret-values.ts';

describe('mergePatch', () => {
  /** The examples of RFC 7396, appendix A. */
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('RFC 7396: %j with %j gives %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  it('changes neither of the two', () => {
    const target = Object.freeze({ a: Object.freeze({ b: 1 }) });
    expect(mergePatch(target as never, { a: { c: 2 } })).toEqual({ a: { b: 1, c: 2 } });
    expect(target).toEqual({ a: { b: 1 } });
  });
});

describe('mergeConfig', () => {
  const sealed = (shown: string, name: string) => ({ $sealed: name, shown });
  const stored = { token: sealed('******', 'S1'), uri: sealed('pg://******@h', 'S2'), open: 1 };

  it('keeps what comes back masked, in both modes', () => {
    const sent = { token: '******', uri: 'pg://******@h' };
    expect(mergeConfig({ stored, sent, isReplacing: false })).toEqual(stored);
    expect(mergeConfig({ stored, sent, isReplacing: true })).toEqual({ token: stored.token, uri: stored.uri });
  });

  it('does not merge into a sealed value', () => {
    const merged = mergeConfig({ stored, sent: { token: { a: 1 } }, isReplacing: false });
    expect(merged).toEqual({ ...stored, token: { a: 1 } });
  });

  it.each([[{ other: '******' }], [{ uri: 'pg://******@elsewhere' }], [{ open: '******' }], [{ list: ['******'] }]])(
    'refuses %j: there is nothing to keep',
    (sent) => {
      expect(() => mergeConfig({ stored, sent, isReplacing: false })).toThrow(
        expect.objectContaining({ code: 'validation_error' }),
      );
    },
  );

  it('finds the secret of a list item by the look of the item, then by its place', () => {
    const item = (name: string) => ({ name, token: sealed('******', name) });
    const list = { list: [item('a'), item('b')] };
    const send = (...names: string[]) =>
      mergeConfig({
        stored: list,
        sent: { list: names.map((name) => ({ name, token: '******' })) },
        isReplacing: false,
      });
    expect(send('b', 'a')).toEqual({ list: [item('b'), item('a')] });
    expect(send('b')).toEqual({ list: [item('b')] });
    expect(send('a', 'renamed')).toEqual({ list: [item('a'), { name: 'renamed', token: item('b').token }] });
    expect(() => send('unknown')).toThrow(expect.objectContaining({ code: 'validation_error' }));
  });
});

describe('what is secret', () => {
  it.each([
    'password',
    'token',
    'secret',
    'api_key',
    'access_key',
    'private_key',
    'client_secret',
    'access_token',
    'refresh_token',
  ])('5.16 %s is', (key) => {
    expect([isSecretKey(key), isSecretKey(key.toUpperCase()), isSecretKey(`db_${key}`)]).toEqual([true, true, true]);
  });

  it.each(['token_url', 'repos', 'access_key_id', 'secretary', 'tokens_used', 'password_hint'])('%s is not', (key) => {
    expect(isSecretKey(key)).toBe(false);
  });

  it('masks user info in addresses and nothing else', () => {
    expect(maskAddresses('postgres://u:p@h/d and https://h/p?q=a@b')).toBe(
      'postgres://******@h/d and https://h/p?q=a@b',
    );
    expect(maskConfig({ a: [{ $sealed: 'x', shown: '******' }], b: 1 })).toEqual({ a: ['******'], b: 1 });
  });
});
