import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStudio, type Studio } from './harness.ts';
import { findViolations } from './support/axe.ts';

describe('users, tenants and the audit log', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  }, 180_000);
  afterAll(async () => {
    await studio.close();
  });

  const control = (role: 'switch' | 'combobox' | 'spinbutton', name: string): Locator =>
    studio.page.getByRole(role, { name, exact: true });

  it('changes what a tenant may do, and its limit; the server has it, and a reload shows it', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    await studio.open('/settings/tenants');
    await page.getByRole('button', { name: 'Add tenant' }).click();
    await page.locator('pb-dialog').getByLabel('Name').fill('Fleetline');
    await page.locator('pb-dialog').getByLabel('Id').fill('fleetline');
    await page.locator('pb-dialog').getByRole('button', { name: 'Add tenant' }).click();
    await page.getByText('Fleetline was added').waitFor();
    const read = async () => (await client.call('getTenant', { params: { id: 'fleetline' } }))._source;
    for (const [name, label] of [
      ['custom_connectors', 'Custom connectors'],
      ['sdk_access', 'SDK access'],
      ['review_required', 'Review'],
    ] as const) {
      const before = (await read()).features[name];
      await control('switch', `${label} for Fleetline`).click();
      await expect.poll(async () => (await read()).features[name], { timeout: 20_000 }).toBe(!before);
      await expect.poll(() => control('switch', `${label} for Fleetline`).isEnabled(), { timeout: 20_000 }).toBe(true);
    }
    const limit = control('spinbutton', 'Most custom connectors of Fleetline');
    await limit.fill('3');
    await limit.press('Enter');
    await expect.poll(async () => (await read()).limits.custom_connectors, { timeout: 20_000 }).toBe(3);
    await page.reload();
    await limit.waitFor();
    expect(await limit.inputValue()).toBe('3');
    expect(await findViolations(page)).toEqual([]);
  });

  it('changes the role of a user, and the flag of a platform administrator', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const body = { email: 'jonas@example.com', name: 'Jonas Reh', role: 'viewer' } as const;
    const { _id: id } = await client.call('createUser', { body });
    await studio.open('/settings/users');
    await control('combobox', 'Role of Jonas Reh').selectOption('developer');
    const read = async () => {
      const { hits } = await client.call('searchUsers', { query: { size: 200 } });
      return hits.hits.map(({ _source }) => _source).find((user) => user.id === id);
    };
    await expect.poll(async () => (await read())?.role, { timeout: 20_000 }).toBe('developer');
    await control('switch', 'Platform administrator: Jonas Reh').click();
    await expect.poll(async () => (await read())?.platformAdmin, { timeout: 20_000 }).toBe(true);
    expect(await findViolations(page)).toEqual([]);
  });

  it('keeps the last administrator, says why, and shows what holds', async () => {
    const { page } = studio;
    const { user } = await studio.installation.client.call('getSession');
    await studio.open('/settings/users');
    const role = control('combobox', `Role of ${user.name}`);
    await role.selectOption('viewer');
    await page.getByRole('alert').or(page.locator('pb-toast')).first().waitFor();
    await expect.poll(() => role.inputValue(), { timeout: 20_000 }).toBe('enterprise_admin');
  });

  it('lists who did what, newest first, and filters by person, action and day', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const { _id: id } = await client.call('createConnector', { body: { name: 'Watched' } });
    await client.call('disableConnector', { params: { id }, body: {} });
    await studio.open('/settings/audit');
    const rows = page.getByRole('table', { name: 'Audit log' }).locator('tbody tr');
    await rows.first().waitFor();
    expect(await rows.first().innerText()).toContain('Watched');
    await control('combobox', 'What was done').selectOption('connector_create');
    await page.waitForURL(/action=connector_create/);
    await expect
      .poll(async () => (await rows.allInnerTexts()).every((row) => row.includes('Connector create')), {
        timeout: 20_000,
      })
      .toBe(true);
    await page.getByRole('searchbox', { name: 'Find in the audit log' }).fill('Watched');
    await expect.poll(() => rows.count(), { timeout: 20_000 }).toBe(1);
    await page.getByLabel('From').fill('2035-01-01');
    await page.getByText('Nothing of that kind was done').waitFor();
    await studio.open('/settings/audit');
    await rows.first().waitFor();
    expect(await findViolations(page)).toEqual([]);
    await studio.open('/settings/audit?tenant=fleetline');
    await page.getByText('Fleetline').first().waitFor();
  });

  it('shows a reader neither tenants nor the log', async () => {
    const { page } = studio;
    const body = { email: 'reader@example.com', name: 'Reader', role: 'viewer' } as const;
    const { signInLink } = await studio.installation.client.call('createUser', { body });
    await page.context().clearCookies();
    await page.goto(signInLink);
    await page.waitForURL((address) => !address.search.includes('token='));
    await studio.open('/settings/audit');
    await page.getByText('The audit log is for the administrators of your tenant.').waitFor();
    expect(await page.getByRole('link', { name: 'Tenants' }).count()).toBe(0);
    await studio.open('/settings/tenants');
    await page.getByText('Tenants are managed by platform administrators.').waitFor();
    expect(studio.complaints).toEqual([]);
  });
});
