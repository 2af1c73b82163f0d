import type { OperationDefinition } from '@patchbay/manifest';
import { expect, it } from 'vitest';
import { blankConnector } from '../shell/builder-sections.ts';
import { newAuth } from '../auth/auth-types.ts';
import { diffDefinitions, diffSummary, type Definition } from './definition-diff.ts';

const operation = (patch: Partial<OperationDefinition> = {}): OperationDefinition => ({
  ...{ name: 'get_item', display_name: 'Get item', description: '', method: 'GET', path: '/item', parameters: [] },
  ...patch,
});
const definition = (patch: Partial<Definition> = {}): Definition => ({ ...blankConnector(), ...patch });
const lines = (before: Definition, after: Definition): string[] =>
  diffDefinitions(before, after).map(
    ({ kind, subject, code = '', detail, isBreaking }) =>
      `${kind}: ${subject} ${code} (${detail})${isBreaking ? ' !' : ''}`,
  );

it('says nothing about the same thing', () => {
  expect(lines(definition({ operations: [operation()] }), definition({ operations: [operation()] }))).toEqual([]);
  expect(diffSummary([])).toBe('no changes');
});

it('names operations that came, went and changed', () => {
  const before = definition({ operations: [operation(), operation({ name: 'old', display_name: 'Old' })] });
  const parameters = [{ name: 'q', location: 'query', type: 'string', required: true } as const];
  const after = definition({
    operations: [
      operation({ path: '/items', parameters }),
      operation({ name: 'new', display_name: 'New', method: 'POST' }),
    ],
  });
  expect(lines(before, after)).toEqual([
    'added: Operation New  (POST /item)',
    'changed: Get item, address  (GET /item to GET /items)',
    'added: Get item, parameter q (added, required) !',
    'removed: Operation Old  (GET /item) !',
  ]);
  expect(diffSummary(diffDefinitions(before, after))).toBe('4 changes, 2 may break a flow');
});

it('names fields of the answer, deep and in lists', () => {
  const schema = (name: string): OperationDefinition['response_schema'] => ({
    type: 'object',
    properties: { rows: { type: 'array', items: { type: 'object', properties: { [name]: { type: 'string' } } } } },
  });
  const before = definition({ operations: [operation({ response_schema: schema('a') })] });
  const after = definition({ operations: [operation({ response_schema: schema('b') })] });
  expect(lines(before, after)).toEqual([
    'added: Get item, answer field rows[].b (added)',
    'removed: Get item, answer field rows[].a (removed) !',
  ]);
});

it('names authentication, base URL and resilience', () => {
  const after = definition({ base_url: 'https://b.example', auth_scheme: newAuth('api_key') });
  expect(lines(definition(), after)).toEqual([
    'changed: Base URL  (nothing to https://b.example)',
    'changed: Authentication type  (None to API Key) !',
  ]);
  const oauth = newAuth('oauth2');
  const scoped = { ...oauth, oauth_scopes: ['read'], token_url: 'https://t.example' } as Definition['auth_scheme'];
  const { resilience } = blankConnector();
  const slower = resilience === undefined ? undefined : { ...resilience, timeout_s: 20 };
  expect(
    lines(definition({ auth_scheme: oauth }), {
      ...definition({ auth_scheme: scoped }),
      ...(slower === undefined ? {} : { resilience: slower }),
    }),
  ).toEqual([
    'changed: Token URL  (nothing to https://t.example)',
    'added: Scope read (added)',
    'changed: Timeout  (30 s to 20 s)',
  ]);
});
