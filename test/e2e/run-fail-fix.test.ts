import type { FlowDocument } from '@patchbay/flow-model';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasOf, openStudio, untilSaved, type Studio } from './harness.ts';

/** A stock system of another company: refuses quantities below one. */
async function startStockSystem(): Promise<Server> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = JSON.parse(text || '{}') as { quantity?: number };
      const isFine = (body.quantity ?? 0) >= 1;
      response.writeHead(isFine ? 200 : 422, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isFine ? { reservation: 'R-1' } : { message: 'quantity must be at least 1' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('run, fail, see why, fix, run again', () => {
  let studio: Studio;
  let stock: Server;
  beforeAll(async () => {
    [studio, stock] = await Promise.all([openStudio(), startStockSystem()]);
  }, 180_000);
  afterAll(async () => {
    stock.close();
    await studio.close();
  });

  const flow = (version: string, url: string): Partial<FlowDocument> & { name: string } => ({
    name: 'Reserve',
    trigger: {
      kind: 'manual',
      title: 'Form',
      inputSchema: { type: 'object', properties: { quantity: { type: 'number' } }, required: ['quantity'] },
    },
    steps: {
      reserve: {
        key: 'reserve',
        kind: 'operation',
        title: 'Reserve item',
        connector: 'http',
        version,
        operation: 'request',
        input: {
          method: { value: 'POST' },
          url: { value: url },
          body: { object: { quantity: { formula: 'trigger.quantity - 1' } } },
        },
        resilience: { maxRetries: 0 },
      },
    },
    scopes: { root: { steps: ['reserve'], edges: [] } },
    samples: { trigger: { quantity: 1 } },
  });

  /** How the quantity is mapped in the stored draft. */
  const inputOf = async (): Promise<unknown> => {
    const id = /flows\/([^?/]+)/.exec(studio.page.url())?.[1] ?? '';
    const { steps } = (await studio.installation.client.call('getFlow', { params: { id } }))._source.document;
    const body = steps['reserve']?.kind === 'operation' ? steps['reserve'].input['body'] : undefined;
    return body !== undefined && 'object' in body ? body.object['quantity'] : undefined;
  };

  it('shows the cause, opens the field, and the next run succeeds', async () => {
    const { page, installation } = studio;
    const http = (await installation.client.call('getConnector', { params: { id: 'http' } }))._source;
    const operation = http.manifest?.operations.find((candidate) =>
      Object.hasOwn(candidate.input['properties'] ?? {}, 'body'),
    );
    const document = flow(http.version, `http://127.0.0.1:${(stock.address() as AddressInfo).port}/reserve`);
    const step = document.steps?.['reserve'];
    if (step?.kind === 'operation') step.operation = operation?.name ?? '';
    await studio.openFlow(document);

    const start = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Test run' }).click();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
    };
    await start();
    await page.getByText('Test run failed').first().waitFor();

    // It is red in the list of runs, with the step that failed; the way into it leads from there.
    await studio.open('/runs');
    const row = page.getByRole('row').filter({ hasText: 'Reserve item' });
    await row.getByText('Failed', { exact: true }).waitFor();
    await row.getByRole('link', { name: /^Run / }).click();

    // The run opens at what failed, with the cause in one sentence and the call that was made.
    const cause = page.getByRole('alert');
    await cause.waitFor();
    expect(await cause.innerText()).toMatch(/Reserve item failed/);
    await page.locator('pb-run-step-detail').getByText('422').first().waitFor();
    await canvasOf(page).locator('pb-flow-node.is-failed[data-key=reserve]').waitFor();
    expect(await page.locator('pb-run-step-detail').getByText('must be at least 1').count()).toBeGreaterThan(0);

    const detail = page.locator('pb-run-step-detail');
    await detail.getByRole('tab', { name: 'Input' }).click();
    await detail.getByText('quantity').first().waitFor();
    await detail.getByRole('tab', { name: 'Output' }).click();
    await detail.getByText('Nothing.').waitFor();

    // The way back leads into the field, with the data of this run; mend it there and run again.
    await page.getByRole('link', { name: 'Open field' }).click();
    const field = page.locator('pb-step-panel pb-nested-fields pb-field-value');
    await field.locator('.cm-content').waitFor();
    await page.getByRole('treeitem', { name: /^quantity, 1/ }).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    const data = page.getByRole('treeitem', { name: /^quantity, 1/ });
    await data.hover();
    await data.locator('.plus').click();
    await expect
      .poll(async () => JSON.stringify(await inputOf()), { timeout: 20_000 })
      .toBe('{"formula":"trigger.quantity"}');
    await untilSaved(page);
    await start();
    await page.getByText('Test run succeeded').first().waitFor();
    await canvasOf(page).locator('pb-flow-node.is-succeeded[data-key=reserve]').waitFor();
    expect(studio.complaints).toEqual([]);
  });
});
