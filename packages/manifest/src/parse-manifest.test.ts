import { isAppError, type FieldProblem } from '@patchbay/errors';
import { describe, expect, it } from 'vitest';
import type { ConnectorManifestInput } from './connector-manifest.ts';
import { aManifest, anOperation } from './manifest-fixture.ts';
import { parseManifest } from './parse-manifest.ts';

function problemsOf(json: unknown): readonly FieldProblem[] {
  try {
    parseManifest(json);
  } catch (error) {
    if (isAppError(error) && error.code === 'manifest_invalid') return error.details['problems'] as FieldProblem[];
    throw error;
  }
  return [];
}

const pathsOf = (json: unknown): string[] => problemsOf(json).map((problem) => problem.path);

const withOperation = (overrides: Partial<ConnectorManifestInput['operations'][number]>): ConnectorManifestInput =>
  aManifest({ operations: [anOperation(overrides)] });

describe('parseManifest', () => {
  it('fills the seven resilience settings (DI-51 DI-52 DI-53 DI-54 DI-55 DI-56 DI-57)', () => {
    expect(parseManifest(aManifest()).resilience).toEqual({
      timeoutMs: 30_000,
      maxRetries: 3,
      retryDelayMs: 1_000,
      backoff: 'exponential',
      rateLimitPerMinute: 60,
      circuitBreakerThreshold: 5,
      circuitBreakerRecoveryMs: 30_000,
    });
  });

  it('DI-26 makes a password sensitive whatever the author says', () => {
    const fields = [{ name: 'token', label: 'Token', type: 'password' as const, sensitive: false }];
    const manifest = parseManifest(aManifest({ auth: [{ type: 'bearer', fields }] }));
    expect(manifest.auth[0]?.fields[0]?.sensitive).toBe(true);
  });

  it('DI-07 takes the seven types and no other', () => {
    for (const type of ['General', 'OEM', 'DMS', 'CRM', 'Finance', 'Telematics', 'Logistics'] as const) {
      expect(parseManifest(aManifest({ type })).type).toBe(type);
    }
    expect(pathsOf({ ...aManifest(), type: 'ERP' })).toEqual(['/type']);
  });

  it('DI-15 refuses an unknown auth type', () => {
    expect(pathsOf({ ...aManifest(), auth: [{ type: 'magic' }] })).toEqual(['/auth/0/type']);
  });

  it('DI-22 refuses a credential field that is there twice or has no name', () => {
    const field = { name: 'token', label: 'Token', type: 'password' as const };
    expect(pathsOf(aManifest({ auth: [{ type: 'bearer', fields: [field, field] }] }))).toEqual([
      '/auth/0/fields/1/name',
    ]);
    expect(pathsOf(aManifest({ auth: [{ type: 'bearer', fields: [{ ...field, name: '' }] }] }))).toContain(
      '/auth/0/fields/0/name',
    );
  });

  it('DI-35 refuses two operations of one name', () => {
    expect(pathsOf(aManifest({ operations: [anOperation(), anOperation()] }))).toEqual(['/operations/1/name']);
  });

  it('DI-38 refuses other methods', () => {
    for (const method of ['HEAD', 'get']) {
      const operation = { ...anOperation(), request: { method, path: '/x' } };
      expect(pathsOf({ ...aManifest(), operations: [operation] })).toEqual(['/operations/0/request/method']);
    }
  });

  it('DI-41 wants path parameters and placeholders to agree', () => {
    const request = { method: 'GET' as const, path: '/w/{id}', parameters: [{ name: 'q', location: 'path' as const }] };
    expect(problemsOf(withOperation({ request })).map((problem) => problem.message)).toEqual([
      '{id} is not a path parameter.',
      'The path does not hold {q}.',
    ]);
  });

  it('names a parameter without an input field', () => {
    const request = { method: 'GET' as const, path: '/w', parameters: [{ name: 'zip', location: 'query' as const }] };
    expect(pathsOf(withOperation({ request }))).toEqual(['/operations/0/request/parameters/0/name']);
  });

  it('DI-44 refuses a default on a required field', () => {
    const input = { type: 'object', properties: { q: { type: 'string', default: 'x' }, units: {} }, required: ['q'] };
    expect(pathsOf(withOperation({ input }))).toEqual(['/operations/0/input/properties/q/default']);
  });

  it('DI-47 refuses a broken response schema', () => {
    expect(pathsOf(withOperation({ output: { type: 'strin' } }))).toEqual(['/operations/0/output/type']);
    expect(pathsOf(withOperation({ output: { properties: { a: { pattern: '(' } } } }))).toEqual([
      '/operations/0/output/properties/a/pattern',
    ]);
  });

  it('refuses a remote reference and one that leads nowhere', () => {
    expect(pathsOf(withOperation({ output: { $ref: 'https://evil.example/schema' } }))).toEqual([
      '/operations/0/output/$ref',
    ]);
    expect(pathsOf(withOperation({ output: { $ref: '#/$defs/Missing' } }))).toEqual(['/operations/0/output/$ref']);
    expect(pathsOf(withOperation({ output: { $ref: '#/$defs/A', $defs: { A: {} } } }))).toEqual([]);
  });

  it('refuses a schema nested too deeply and a manifest too large', () => {
    let deep: Record<string, unknown> = {};
    for (let level = 0; level < 40; level += 1) deep = { items: deep };
    expect(problemsOf(withOperation({ output: deep }))[0]?.message).toBe('The schema is nested too deeply.');
    expect(problemsOf({ junk: 'x'.repeat(600_000) })[0]?.message).toMatch(/larger than/);
  });

  it('refuses a connection test that needs input or is not there', () => {
    expect(pathsOf(aManifest({ connectionTest: { operation: 'nope' } }))).toEqual(['/connectionTest/operation']);
    expect(pathsOf(aManifest({ connectionTest: { operation: 'getWeather' } }))).toEqual(['/connectionTest/operation']);
  });

  it('refuses code in a declarative connector and an entry outside the package', () => {
    expect(pathsOf(aManifest({ entry: './x.mjs' }))).toEqual(['/entry']);
    const { request: _request, ...operation } = anOperation();
    const node = aManifest({ runtime: 'node', operations: [operation], entry: './../x.mjs' });
    expect(pathsOf(node)).toEqual(['/entry']);
    expect(pathsOf({ ...node, entry: './dist/index.mjs' })).toEqual([]);
  });

  it('DI-09 refuses a base URL that is not absolute http(s), or whose host is not listed', () => {
    expect(pathsOf(aManifest({ baseUrl: '/v1' }))).toEqual(['/baseUrl']);
    expect(pathsOf(aManifest({ baseUrl: 'ftp://api.example.com' }))).toEqual(['/baseUrl']);
    expect(pathsOf(aManifest({ baseUrl: 'https://other.example.com' }))).toEqual(['/egress/hosts']);
  });

  it('takes a base URL from a plain credential field only', () => {
    const url = { name: 'url', label: 'URL', type: 'string' as const };
    const token = { name: 'token', label: 'Token', type: 'password' as const };
    const make = (baseUrl: string) =>
      aManifest({ baseUrl, egress: { isUserProvided: true }, auth: [{ type: 'bearer', fields: [url, token] }] });
    expect(pathsOf(make('{{url}}'))).toEqual([]);
    expect(pathsOf(make('https://{{token}}.example.com'))).toEqual(['/baseUrl']);
  });

  it('refuses an icon with a script', () => {
    for (const markup of ['<svg><script/></svg>', '<svg onload="x()"/>', '<svg><a href="https://x"/></svg>']) {
      expect(pathsOf(aManifest({ icon: { dataUri: `data:image/svg+xml,${encodeURIComponent(markup)}` } }))).toEqual([
        '/icon/dataUri',
      ]);
    }
    expect(pathsOf(aManifest({ icon: { dataUri: 'data:image/gif;base64,AAAA' } }))).toEqual(['/icon/dataUri']);
  });

  it('answers any junk with manifest_invalid, and collects all problems', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    for (const junk of [undefined, null, 1, 'x', [], {}, cycle, JSON.parse('{"__proto__":{"a":1}}') as unknown]) {
      expect(problemsOf(junk).length).toBeGreaterThan(0);
    }
    expect(problemsOf({}).length).toBeGreaterThan(5);
  });
});
