import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, mask } from './redactor.ts';

describe('createRedactor', () => {
  const secret = 'p@ss w/rd+"1"';
  const redactor = createRedactor([secret, `user:${secret}`]);

  it.each([
    ['as it stands', secret],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64url', Buffer.from(secret).toString('base64url')],
    ['URL-encoded', encodeURIComponent(secret)],
    ['form-encoded', new URLSearchParams({ v: secret }).toString().slice(2)],
    ['JSON-escaped', JSON.stringify(secret)],
    ['hexadecimal', Buffer.from(secret).toString('hex')],
    ['Basic', `Basic ${Buffer.from(`user:${secret}`).toString('base64')}`],
  ])('masks a secret %s', (_form, written) => {
    const masked = redactor.text(`before ${written} after`);
    expect(masked).toContain(mask);
    expect(masked).not.toContain(written);
  });

  it('masks keys and texts at any depth', () => {
    expect(redactor.json({ a: [{ [secret]: `x${secret}y` }], n: 1, z: null })).toEqual({
      a: [{ [mask]: `x${mask}y` }],
      n: 1,
      z: null,
    });
  });

  it('masks the beginning of a secret at the end of a text that was cut', () => {
    for (let length = 6; length <= secret.length; length += 1) {
      expect(redactor.text(`HTTP 500: bad ${secret.slice(0, length)}`)).toBe(`HTTP 500: bad ${mask}`);
    }
    expect(redactor.json({ remoteBody: `bad ${secret.slice(0, -1)}` })).toEqual({ remoteBody: `bad ${mask}` });
    expect(redactor.text(`bad ${secret.slice(0, 5)}`)).toBe(`bad ${secret.slice(0, 5)}`);
    expect(redactor.text(`${secret.slice(0, -1)} in between`)).toBe(`${secret.slice(0, -1)} in between`);
  });

  it('masks headers by name and by value', () => {
    expect(redactor.headers({ Authorization: 'Bearer x', 'set-cookie': 'a', 'x-echo': secret, accept: 'a/b' })).toEqual(
      {
        Authorization: mask,
        'set-cookie': mask,
        'x-echo': mask,
        accept: 'a/b',
      },
    );
  });

  it('does not search for values shorter than 4 characters, nor in outputs for those shorter than 8', () => {
    expect(createRedactor(['abc']).text('abcabc')).toBe('abcabc');
    expect(createRedactor(['test']).output({ status: 'test' })).toEqual({ status: 'test' });
    expect(createRedactor(['test']).text('test')).toBe(mask);
    expect(createRedactor(['longsecret']).output({ echo: 'longsecret' })).toEqual({ echo: mask });
  });

  it('finds any secret in any text around it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), fc.string(), fc.string(), (value, before, after) => {
        const one = createRedactor([value]);
        fc.pre(!mask.includes(value));
        expect(one.text(before + value + after)).toContain(mask);
        expect(JSON.stringify(one.json({ nested: [value] }))).toBe(JSON.stringify({ nested: [mask] }));
      }),
    );
  });
});
