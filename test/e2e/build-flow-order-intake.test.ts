import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { FlowDocument } from '@patchbay/flow-model';
import { nodeOf, openStudio, type Studio } from './harness.ts';
import { drawOrderIntake } from './support/draw-order-intake.ts';
import { drawnFlow, portable } from '../system/drawn-flow.ts';

describe('the flow "Order intake", drawn with the mouse', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
    // A second one, so that the connection has to be chosen.
    await studio.installation.client.call('createConnection', {
      body: {
        ...{ name: 'Archive', connector: 'postgres', authType: 'custom' },
        credentials: { host: '127.0.0.1', port: '1', user: 'nobody', database: 'none', password: 'unused' },
      },
    });
  }, 180_000);
  afterAll(() => studio.close());

  it('goes from an empty canvas to the document that the run of 1,000 orders uses', async () => {
    const { page } = studio;
    await studio.open('/flows');
    await page.getByRole('button', { name: 'New flow' }).first().click();
    await nodeOf(page, 'Start by hand').waitFor();
    await drawOrderIntake(page, 'Order intake, drawn');
    expect(studio.complaints).toEqual([]);

    const json = await exported('Export as JSON');
    const document = JSON.parse(json) as FlowDocument;
    expect(parseYaml(await exported('Export as YAML'))).toEqual(document);
    const text = JSON.stringify(await portable(studio.installation.client, document), null, 2);
    await expect(`${text}\n`).toMatchFileSnapshot(drawnFlow);
  });

  it('answers orders once it is published: the total, or what is missing', async () => {
    const { page, installation } = studio;
    await page.getByRole('button', { name: 'Publish' }).first().click();
    await page.getByRole('button', { name: 'Publish', exact: true }).last().click();
    await page.getByText('Version 1 is live.').waitFor();
    const id = /flows\/([^?/]+)/.exec(page.url())?.[1] ?? '';
    const { webhook } = (await installation.client.call('getFlow', { params: { id } }))._source;
    const send = async (order: string, sku: string): Promise<unknown> => {
      const answer = await fetch(webhook?.url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          id: order,
          customer: { name: 'Grace Hopper', email: 'grace@example.org' },
          lines: [
            { no: 1, sku: 'KB-0417', qty: 2 },
            { no: 2, sku, qty: 1 },
          ],
        }),
      });
      return { status: answer.status, body: await answer.json() };
    };
    expect(await send('drawn-1', 'MS-1101')).toMatchObject({
      status: 201,
      body: { order: 'drawn-1', total: 104.3, lines: [{ line_no: 1 }, { line_no: 2, sku: 'MS-1101', price: 24.5 }] },
    });
    expect(await send('drawn-2', 'DK-5100')).toEqual({
      status: 409,
      body: { order: 'drawn-2', missing: ['DK-5100'] },
    });
  });

  async function exported(command: string): Promise<string> {
    const { page } = studio;
    await page.locator('pb-flow-editor').getByRole('button', { name: 'More' }).first().click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: command }).click(),
    ]);
    return readFile(await download.path(), 'utf8');
  }
});
