import { describe, expect, it } from 'vitest';
import { digestManifest } from './digest.ts';
import { readPointer, toPointer } from './json-pointer.ts';
import { aManifest, anOperation } from './manifest-fixture.ts';
import {
  credentialFormSchema,
  findOperation,
  isSensitiveField,
  resilienceFor,
  selectAuthScheme,
} from './manifest-queries.ts';
import { matchesHosts } from './match-hosts.ts';
import { parseManifest } from './parse-manifest.ts';

const field = (name: string, type: 'string' | 'password' = 'string') => ({ name, label: name, type });

describe('manifest queries', () => {
  const manifest = parseManifest(
    aManifest({
      auth: [
        { type: 'none' },
        { type: 'api_key', parameter: 'X-API-Key', location: 'header', fields: [field('api_key', 'password')] },
        {
          type: 'basic',
          fields: [field('username'), field('password', 'password'), { ...field('realm'), default: 'main' }],
        },
      ],
      operations: [anOperation({ resilience: { timeoutMs: 500 } })],
    }),
  );

  it('finds an operation and merges its resilience over that of the connector', () => {
    const operation = findOperation(manifest, 'getWeather');
    expect(operation && resilienceFor(manifest, operation)).toMatchObject({ timeoutMs: 500, maxRetries: 3 });
    expect(findOperation(manifest, 'toString')).toBeUndefined();
  });

  it('knows sensitive fields, and takes an undeclared one for sensitive', () => {
    expect(['api_key', 'password', 'username', 'other'].map((name) => isSensitiveField(manifest, name))).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it('DI-21 DI-25 DI-31 makes the form in the order of the author', () => {
    const basic = manifest.auth[2];
    expect(basic && credentialFormSchema(basic)).toEqual({
      type: 'object',
      properties: {
        username: { type: 'string', title: 'username', minLength: 1 },
        password: { type: 'string', title: 'password', minLength: 1, format: 'password', writeOnly: true },
        realm: { type: 'string', title: 'realm', default: 'main', minLength: 1 },
      },
      required: ['username', 'password'],
      additionalProperties: false,
    });
  });

  it('selects the auth scheme that fits the values', () => {
    expect(selectAuthScheme(manifest, {})?.type).toBe('none');
    expect(selectAuthScheme(manifest, { api_key: 'k' })?.type).toBe('api_key');
    expect(selectAuthScheme(manifest, { username: 'u', password: 'p' })?.type).toBe('basic');
    expect(selectAuthScheme(manifest, { api_key: 'k' }, 'none')?.type).toBe('none');
  });

  it('matches hosts exactly, by suffix, or all', () => {
    expect(matchesHosts('API.example.com', ['api.example.com'])).toBe(true);
    expect(matchesHosts('a.example.com', ['*.example.com'])).toBe(true);
    expect(matchesHosts('example.com', ['*.example.com'])).toBe(false);
    expect(matchesHosts('evilexample.com', ['*.example.com'])).toBe(false);
    expect(matchesHosts('x', ['*'])).toBe(true);
    expect(matchesHosts('x', [])).toBe(false);
  });

  it('digests content, not the order of keys', () => {
    const reversed = Object.fromEntries(Object.entries(manifest).toReversed()) as typeof manifest;
    expect(digestManifest(reversed)).toBe(digestManifest(manifest));
    expect(digestManifest(manifest)).toMatch(/^sha256-[0-9a-f]{64}$/);
    expect(digestManifest({ ...manifest, name: 'Other' })).not.toBe(digestManifest(manifest));
  });

  it('reads and writes JSON pointers', () => {
    expect(toPointer(['a', 0, 'b/c~d'])).toBe('/a/0/b~1c~0d');
    expect(readPointer({ a: [{ 'b/c~d': 1 }] }, '/a/0/b~1c~0d')).toBe(1);
    expect(readPointer({}, '/constructor')).toBeUndefined();
    expect(readPointer([1], '/length')).toBeUndefined();
  });
});
