import { expect, it } from 'vitest';
import { blankConnector } from '../shell/builder-sections.ts';
import { formFields, newAuth, whatIsLost } from './auth-types.ts';

it('says what a change of type loses, and nothing where there is nothing', () => {
  expect(whatIsLost(blankConnector())).toEqual([]);
  const keyed = { ...blankConnector(), auth_scheme: newAuth('api_key'), config: { client_id: 'x' } };
  expect(whatIsLost(keyed)).toEqual([
    'the authentication parameters',
    'the credential fields',
    'the settings with their secrets',
  ]);
});

it('asks for username and password in any case', () => {
  expect(formFields({ type: 'basic', credential_schema: [] }).map(({ name }) => name)).toEqual([
    'username',
    'password',
  ]);
  expect(formFields(newAuth('basic')).map(({ name }) => name)).toEqual(['username', 'password']);
  expect(formFields({ type: 'none', credential_schema: [] })).toEqual([]);
});
