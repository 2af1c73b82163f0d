import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routePaths } from '@patchbay/api-contract';
import { startServerHarness, type ServerHarness } from './server-harness.ts';

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, unknown>>;
}

describe('/openapi.json', () => {
  let harness: ServerHarness;
  let document: OpenApi;

  beforeAll(async () => {
    harness = await startServerHarness();
    document = JSON.parse((await harness.app.inject({ url: '/openapi.json' })).body) as OpenApi;
  });
  afterAll(async () => {
    await harness.stop();
  });

  it('is OpenAPI 3.1 and describes every route', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    for (const [method, path] of Object.values(routePaths)) {
      const described = document.paths[path.replace(/:([a-zA-Z]+)/g, '{$1}')];
      expect(Object.keys(described ?? {}), path).toContain(method.toLowerCase());
    }
  });

  it('has no reference that leads nowhere', () => {
    const references = new Set<string>();
    JSON.stringify(document, (name, value: unknown) => {
      if (name === '$ref') references.add(String(value));
      return value;
    });
    expect(references.size).toBeGreaterThan(20);
    expect([...references].filter((reference) => lookUp(document, reference) === undefined)).toEqual([]);
  });
});

function lookUp(document: unknown, reference: string): unknown {
  const names = reference.slice(2).split('/');
  return names.reduce<unknown>(
    (at, name) => (at as Record<string, unknown> | undefined)?.[name.replaceAll('~1', '/')],
    document,
  );
}
