/**
 * Takes the pictures of the connector screens for docs/screenshots, in both themes: `node test/e2e/docs-pictures.ts`.
 * Starts a Patchbay of its own, brings an API in, publishes it, and makes a connector of a flow.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openStudio, type Studio } from './harness.ts';
import { petDescription } from './support/pets.ts';
import { createWeatherConnector, passWeatherTest, startWeather } from './support/weather-connector.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));

await mkdir(folder, { recursive: true });
const [studio, weather] = await Promise.all([openStudio(), startWeather()]);
try {
  const { client } = studio.installation;
  const id = await createWeatherConnector(client, weather, { name: 'Weather', description: 'Weather of any city.' });
  await passWeatherTest(client, id);
  const { _id: pets } = await client.call('importOpenApi', {
    body: { source: { content: JSON.stringify(petDescription('https://pets.example.com')) } },
  });
  const confirmed = { visibility: 'enterprise', confirm: true } as const;
  await client.call('publishConnector', { params: { id }, body: { ...confirmed, notes: 'First version.' } });
  const flow = await makeComponent(studio);
  const screens: Readonly<Record<string, string>> = {
    connectors: '/connectors',
    'connector-new': '/connectors/new',
    'builder-overview': `/connectors/${pets}/overview`,
    'builder-auth': `/connectors/${pets}/auth`,
    'builder-operations': `/connectors/${pets}/operations`,
    'builder-resilience': `/connectors/${pets}/resilience`,
    'builder-test': `/connectors/${pets}/test`,
    'builder-publish': `/connectors/${id}/publish`,
    'connector-lifecycle': `/connectors/${id}/lifecycle`,
    marketplace: '/marketplace',
    connector: '/marketplace/weather?tab=operations',
    'flow-overview': `/flows/${flow}/overview`,
    'flow-deploy': `/flows/${flow}/deploy`,
    'flow-lifecycle': `/flows/${flow}/lifecycle`,
    help: '/help/connector-builder',
    'settings-users': '/settings/users',
    'settings-tenants': '/settings/tenants',
    'settings-audit': '/settings/audit',
  };
  for (const [name, path] of Object.entries(screens)) await shoot(studio, { name, path });
  const operations = `/connectors/${pets}/operations`;
  await shoot(studio, { name: 'connector-import', path: operations, prepare: openImport });
} finally {
  await studio.close();
  await weather.close();
}

/** A flow that is deployed and published as a connector; gives its id. */
async function makeComponent({ installation: { client } }: Studio): Promise<string> {
  const { hits } = (await client.call('searchFlows', { query: { query: 'Order intake' } })).hits;
  const id = hits[0]?._id ?? '';
  const params = { id, version: '1.0.0' };
  await client.call('createApiVersion', { params: { id }, body: { version: '1.0.0', source_ref: 'main' } });
  await client.call('deployApiVersion', { params, body: {} });
  await client.call('publishApiVersion', { params, body: { visibility: 'enterprise', confirm: true } });
  return id;
}

/** The dialog that asks what to take of a description. */
async function openImport(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import from OpenAPI' }).click();
  const content = Buffer.from(JSON.stringify(petDescription('https://pets.example.com')));
  const file = { name: 'pets.json', mimeType: 'application/json', buffer: content };
  await page.locator('pb-import-source input[type=file]').setInputFiles(file);
  await page.locator('pb-import-list').waitFor();
}

interface Picture {
  readonly name: string;
  readonly path: string;
  /** What a person does on the page before the picture. */
  readonly prepare?: (page: Page) => Promise<void>;
}

async function shoot({ page, open }: Studio, { name, path, prepare }: Picture): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await open(path);
    await settle(page);
    await prepare?.(page);
    await page.screenshot({ path: `${folder}${name}-${colorScheme}.png` });
  }
}

async function settle(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.locator('pb-skeleton').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
