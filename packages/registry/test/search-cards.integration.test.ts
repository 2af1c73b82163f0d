import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createRegistryService, seedBuiltins, type RegistryService } from '../src/index.ts';
import { createTestNeighbours } from '../src/test-neighbours.ts';
import { aCaller, aManifest, anOperation, createRegistryFixture, type RegistryFixture } from './registry-fixture.ts';

let fixture: RegistryFixture;
/** Two servers on one database. */
let servers: readonly RegistryService[];
const operator = aCaller('platform', { role: 'platform_admin', isPlatformAdmin: true });

beforeAll(async () => {
  fixture = await createRegistryFixture(inject('databaseUrl'));
  servers = [fixture.registry, createRegistryService(fixture.database, createTestNeighbours())];
  const operations = [anOperation('sendMail', 'Send mail'), anOperation('ping', 'Ping')];
  await seedBuiltins(fixture.database, [
    { manifest: aManifest('mail', { operations }) },
    { manifest: aManifest('other', { category: 'Data' }) },
  ]);
});
afterAll(() => fixture.close());

/** What every server shows a caller of the only connector that a query finds. */
async function cardsOf(query: string, caller = aCaller('a')) {
  const pages = servers.map((server) => server.searchMarketplace(caller, { from: 0, size: 20, query }));
  return (await Promise.all(pages)).map(({ hits }) => hits.hits[0]?._source);
}

describe('a card of the marketplace', () => {
  it('shows on every server what any of them has just changed', async () => {
    for (let round = 0; round < 5; round += 1) {
      const action = round % 2 === 0 ? 'disable' : 'enable';
      await servers[round % 2]?.runAction(operator, { idOrSlug: 'mail', action, input: {} });
      const cards = await cardsOf('send mail');
      expect(cards.map((card) => card?.enabled)).toEqual([round % 2 === 1, round % 2 === 1]);
      expect(cards.map((card) => card?.actions.add_connection?.allowed)).toEqual([round % 2 === 1, round % 2 === 1]);
    }
  });

  it('is not read again where it was read in advance', async () => {
    const server = createRegistryService(fixture.database, createTestNeighbours());
    await server.prepareSearch();
    const statements: string[] = [];
    const note = ({ sql }: { sql: string }): number => statements.push(sql);
    fixture.database.connection.on('query', note);
    const { hits } = await server.searchMarketplace(aCaller('a'), { from: 0, size: 20 });
    fixture.database.connection.off('query', note);
    expect(hits.hits).toHaveLength(2);
    expect(statements.filter((sql) => sql.includes('connector_versions'))).toEqual([]);
    expect(statements).toHaveLength(1);
  });

  it('shows what was changed by hand', async () => {
    await cardsOf('send mail');
    await fixture.database
      .connection('connectors')
      .where({ id: 'mail' })
      .update({ documentation_url: 'https://x.test' });
    expect((await cardsOf('send mail')).map((card) => card?.documentation_url)).toEqual([
      'https://x.test',
      'https://x.test',
    ]);
  });

  it('shows the settings of the caller alone, as soon as they are stored', async () => {
    expect((await cardsOf('send mail')).map((card) => card?.config)).toEqual([undefined, undefined]);
    await servers[0]?.updateConnector(aCaller('a'), {
      idOrSlug: 'mail',
      body: { config: { region: 'eu', api_key: 'secret' } },
      isReplacing: false,
      isConfirmed: true,
    });
    const masked = { region: 'eu', api_key: '******' };
    expect((await cardsOf('send mail')).map((card) => card?.config)).toEqual([masked, masked]);
    expect((await cardsOf('send mail', aCaller('b'))).map((card) => card?.config)).toEqual([undefined, undefined]);
  });

  it('tells each caller what it may do', async () => {
    const callers = [aCaller('a'), aCaller('a', { role: 'viewer' }), operator];
    const cards = await Promise.all(callers.map((caller) => cardsOf('other', caller)));
    const allowed = cards.map(([card]) => [
      card?.actions.add_connection?.allowed,
      card?.actions.disable?.allowed,
      card?.owned,
    ]);
    expect(allowed).toEqual([
      [true, false, false],
      [false, false, false],
      [false, true, true],
    ]);
  });

  it('is found by use when that is asked for', async () => {
    fixture.uses.other = 2;
    const slugs = async (sort: string): Promise<string[]> => {
      const { hits } = await fixture.registry.searchMarketplace(aCaller('a'), { from: 0, size: 20, sort });
      return hits.hits.map(({ _source }) => _source.slug);
    };
    expect([await slugs('-used'), await slugs('used')]).toEqual([
      ['other', 'mail'],
      ['mail', 'other'],
    ]);
  });
});
