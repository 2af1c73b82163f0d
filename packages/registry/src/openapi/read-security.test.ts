import type { OpenApiPreview } from '@patchbay/api-contract';
import { describe, expect, it } from 'vitest';
import { openApi30 } from '../../test/openapi-fixtures.ts';
import { convertDescription } from './convert-description.ts';

/** What is made of security schemes, asked for by the description and by its one operation. */
async function read(securitySchemes: object, security: object[] = [], own?: object[]): Promise<OpenApiPreview> {
  const paths = { '/a': { get: { responses: {}, ...(own && { security: own }) } } };
  const text = openApi30(paths, { components: { securitySchemes }, security });
  return convertDescription({ text, url: '' }, () => Promise.reject(new Error('nothing may be fetched')));
}

const key = (name: string, location: string): object => ({ type: 'apiKey', name, in: location });
const basic = { type: 'http', scheme: 'Basic' };

describe('the authentication of a description', () => {
  it.each([
    ['nothing', {}, { type: 'none' }],
    ['bearer', { b: { type: 'http', scheme: 'bearer' } }, { type: 'bearer', credential_schema: [{ name: 'token' }] }],
    [
      'basic',
      { b: basic },
      { type: 'basic', credential_schema: [{ name: 'username' }, { name: 'password', sensitive: true }] },
    ],
    [
      'a key in the query',
      { k: key('key', 'query') },
      { type: 'api_key', parameters: [{ key: 'key', location: 'query' }] },
    ],
    [
      'client credentials',
      { o: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.example.com/token', scopes: {} } } } },
      { type: 'oauth2', grant_type: 'client_credentials', token_url: 'https://a.example.com/token' },
    ],
  ])('is %s', async (_name, schemes, expected) => {
    expect((await read(schemes)).auth_scheme).toMatchObject(expected);
  });

  it('is what the description asks for before what an operation asks for, before what is only there', async () => {
    const schemes = { only: basic, asked: key('X-Key', 'header'), own: { type: 'http', scheme: 'bearer' } };
    expect((await read(schemes)).auth_scheme?.type).toBe('basic');
    expect((await read(schemes, [], [{ own: [] }])).auth_scheme?.type).toBe('bearer');
    expect((await read(schemes, [{ asked: [] }], [{ own: [] }])).auth_scheme?.type).toBe('api_key');
  });

  it('is several keys that are asked for together', async () => {
    const schemes = { app: key('X-App', 'header'), user: key('user', 'query') };
    expect((await read(schemes, [{ app: [], user: [] }])).auth_scheme).toMatchObject({
      credential_schema: [{ name: 'app' }, { name: 'user' }],
      parameters: [
        { key: 'X-App', location: 'header', field: 'app' },
        { key: 'user', location: 'query', field: 'user' },
      ],
    });
  });

  it('is missing, with reasons, where no scheme can be used', async () => {
    const preview = await read({
      cookie: key('session', 'cookie'),
      digest: { type: 'http', scheme: 'digest' },
      tls: { type: 'mutualTLS' },
      old: { type: 'oauth2', flows: { password: { tokenUrl: 'https://a.example.com', scopes: {} } } },
    });
    expect(preview.auth_scheme).toBeUndefined();
    expect(preview.auth_alternatives.map(({ name, note }) => [name, note])).toEqual([
      ['cookie', 'A key in a cookie is not supported.'],
      ['digest', 'HTTP authentication of the kind digest is not supported.'],
      ['tls', 'The type mutualTLS is not supported.'],
      ['old', 'OAuth2 by the flow password is not supported.'],
    ]);
  });
});
