import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStudio, type Studio } from './harness.ts';
import { findViolations } from './support/axe.ts';

describe('the data processors on the page of a connector', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  }, 180_000);
  afterAll(() => studio.close());

  it('CO-51x stand under the operations, each with the operation that it reads with', async () => {
    const { page, complaints } = studio;
    await studio.open('/marketplace/local-files?tab=operations');
    const region = page.getByRole('region', { name: 'Data processors' });
    await region.getByText('Records of a file', { exact: true }).waitFor();
    expect(await region.getByRole('listitem').count()).toBe(2);
    await region.getByText('The rows of a CSV file, or the values of a JSON or NDJSON file.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await region.getByRole('link', { name: 'Read records of a file' }).click();
    await page.waitForURL(/operation=readRecords/);
    await page.getByText('Reads the rows of a CSV file, or the values').waitFor();
    expect(complaints).toEqual([]);
  });

  it('are not mentioned where a connector has none', async () => {
    const { page } = studio;
    await studio.open('/marketplace/smtp?tab=operations');
    await page.getByText('Send mail', { exact: true }).first().waitFor();
    expect(await page.getByRole('region', { name: 'Data processors' }).count()).toBe(0);
  });
});
