import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasOf, dragBetween, middleOf, nodeOf, openStudio, untilSaved, type Studio } from './harness.ts';

describe('building a flow with the mouse', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  }, 180_000);
  afterAll(() => studio.close());

  it('goes from nothing to a published flow that answers curl', async () => {
    const { page } = studio;
    await studio.open('/flows');
    await page.getByRole('button', { name: 'New flow' }).first().click();
    await nodeOf(page, 'Start by hand').waitFor();

    await nameTheFlow();
    await makeItAWebhook();
    await addTransformByPlus();
    await dragRespondFromPalette();
    await mapTheBody();
    await testRun();
    const version = await publishAndCall();
    expect(version).toEqual({ status: 200, body: { greeting: 'Hello Grace' } });
    expect(studio.complaints).toEqual([]);
  });

  async function nameTheFlow(): Promise<void> {
    const name = studio.page.getByRole('textbox', { name: 'Name of the flow' });
    await name.fill('Greeter');
    await name.press('Enter');
  }

  async function makeItAWebhook(): Promise<void> {
    const { page } = studio;
    await nodeOf(page, 'Start by hand').click();
    await page.getByRole('combobox', { name: 'Started by' }).selectOption('webhook');
    await page.getByRole('combobox', { name: 'Answer' }).selectOption('sync');
    await page.getByRole('textbox', { name: /^Body/ }).fill('{ "name": "Ada" }');
    await page.getByRole('textbox', { name: /^Body/ }).blur();
  }

  async function addTransformByPlus(): Promise<void> {
    const { page } = studio;
    await canvasOf(page).locator('.add').first().click();
    await page.getByRole('combobox', { name: 'Find a step to add' }).fill('transform');
    await page
      .getByRole('option', { name: /Transform/ })
      .first()
      .click();
    await nodeOf(page, 'Transform').waitFor();
    await page.getByRole('button', { name: 'Add a field' }).click();
    const name = page.getByRole('textbox', { name: 'Name of a field of Output' });
    await name.fill('greeting');
    await name.press('Tab');
    await page.getByRole('textbox', { name: 'Output, greeting' }).fill('Hello ');
    const row = page.getByRole('treeitem', { name: /^name, / });
    await row.hover();
    await row.locator('.plus').click();
    await page.locator('pb-field-value .prev', { hasText: '"Hello Ada"' }).waitFor();
  }

  async function dragRespondFromPalette(): Promise<void> {
    const { page } = studio;
    const entry = page.locator('pb-palette').getByRole('button', { name: 'Respond' }).last();
    const transform = await middleOf(nodeOf(page, 'Transform'));
    await dragBetween(page, await middleOf(entry), { x: transform.x + 40, y: transform.y + 220 });
    await nodeOf(page, 'Respond').waitFor();
    const from = await middleOf(nodeOf(page, 'Transform').locator('.port-out'));
    const to = await middleOf(nodeOf(page, 'Respond').locator('.port-in'));
    await dragBetween(page, from, to);
    await untilSaved(page);
  }

  async function mapTheBody(): Promise<void> {
    const { page } = studio;
    await nodeOf(page, 'Respond').click();
    await page.getByRole('button', { name: 'Body: Fields' }).click();
    await page.getByRole('menuitemradio', { name: 'Formula' }).click();
    const editor = page.locator('pb-field-value[data-pointer="/body"] .cm-content');
    await editor.waitFor();
    await page.keyboard.type('transform');
    await page.keyboard.press('Escape');
    await untilSaved(page);
  }

  async function testRun(): Promise<void> {
    const { page } = studio;
    await page.getByRole('button', { name: 'Test run' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('Test run succeeded').first().waitFor();
    await canvasOf(page).locator('pb-flow-node.is-succeeded[data-key=respond]').waitFor();
  }

  async function publishAndCall(): Promise<unknown> {
    const { page, installation } = studio;
    await page.getByRole('button', { name: 'Publish' }).first().click();
    await page.getByRole('button', { name: 'Publish', exact: true }).last().click();
    await page.getByText('Version 1 is live.').waitFor();
    const id = /flows\/([^?/]+)/.exec(page.url())?.[1] ?? '';
    const flow = (await installation.client.call('getFlow', { params: { id } }))._source;
    const answer = await fetch(flow.webhook?.url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Grace' }),
    });
    return { status: answer.status, body: await answer.json() };
  }
});
