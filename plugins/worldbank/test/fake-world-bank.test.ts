import {
  failureOf,
  packageDirOf,
  startConnector,
  startHttpStub,
  type ConnectorHarness,
  type StubRemote,
} from '@patchbay/connector-testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connector } from '../src/index.ts';

let harness: ConnectorHarness;
let server: StubRemote;

const meta = { page: 1, pages: 1, per_page: 100, total: 1 };
const population = {
  indicator: { id: 'SP.POP.TOTL', value: 'Population, total' },
  country: { id: 'NO', value: 'Norway' },
  countryiso3code: 'NOR',
  date: '2020',
  value: 5379475,
  unit: '',
  obs_status: '',
  decimal: 0,
};
const unknownCode = [
  { message: [{ id: '120', key: 'Invalid value', value: 'The provided parameter value is not valid' }] },
];

function answerTo(path: string): unknown {
  if (path.startsWith('/v2/country/no/')) return [meta, [population]];
  if (path.startsWith('/v2/country/xx/')) return unknownCode;
  if (path.startsWith('/v2/country/aq/')) return [{ ...meta, total: 0 }, null];
  return [meta, [{ id: 'NOR', iso2Code: 'NO', name: 'Norway' }]];
}

beforeAll(async () => {
  harness = await startConnector(connector, packageDirOf(import.meta.url));
  server = await startHttpStub((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json;charset=utf-8' });
    response.end(JSON.stringify(answerTo(request.url)));
  });
});

afterAll(async () => {
  await harness.close();
  await server.close();
});

const invoke = (operation: string, input: Parameters<ConnectorHarness['invoke']>[1]) =>
  harness.invoke(operation, input, { baseUrl: server.url });

describe('the worldbank connector against a fake World Bank server', () => {
  it('asks for an indicator and returns its rows', async () => {
    const input = { country: 'no', indicator: 'SP.POP.TOTL', date: '2020:2021' };
    expect((await invoke('getIndicator', input)).output).toEqual([population]);
    const url = new URL(server.requests.at(-1)?.url ?? '', server.url);
    expect(url.pathname).toBe('/v2/country/no/indicator/SP.POP.TOTL');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      format: 'json',
      date: '2020:2021',
      page: '1',
      per_page: '100',
    });
  });

  it('lists countries', async () => {
    expect((await invoke('listCountries', { incomeLevel: 'HIC' })).output).toMatchObject([{ id: 'NOR' }]);
    expect(server.requests.at(-1)?.url).toContain('incomelevel=HIC');
  });

  it('turns a message with status 200 into an error with the words of the service', async () => {
    const error = await failureOf(invoke('getIndicator', { country: 'xx', indicator: 'SP.POP.TOTL' }));
    expect([error.code, error.message]).toEqual(['remote_bad_request', 'The provided parameter value is not valid']);
  });

  it('returns null when there is no data', async () => {
    expect((await invoke('getIndicator', { country: 'aq', indicator: 'SP.POP.TOTL' })).output).toBeNull();
  });

  it('refuses years that are none before any call', async () => {
    const before = server.requests.length;
    const error = await failureOf(invoke('getIndicator', { country: 'no', indicator: 'SP.POP.TOTL', date: 'last' }));
    expect([error.code, server.requests.length]).toEqual(['operation_input_invalid', before]);
  });

  it('calls no other host', () => {
    expect(harness.manifest.egress).toEqual({ hosts: ['api.worldbank.org'], isUserProvided: false });
  });
});
