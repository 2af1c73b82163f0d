import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { FlowDocument } from '@patchbay/flow-model';
import { readDrawnFlow } from './drawn-flow.ts';
import { startInstallation, type Installation } from './installation.ts';
import { until } from './until.ts';

const runProgram = promisify(execFile);
const orderCount = 1_000;
const atOnce = 20;
/** Prices of the demo warehouse; `DK-5100` is out of stock. */
const prices: Readonly<Record<string, number>> = { 'KB-0417': 39.9, 'MS-1101': 24.5, 'MN-2704': 289, 'CB-3001': 9.95 };
const skus = Object.keys(prices);

interface Order {
  readonly id: string;
  readonly customer: { readonly name: string; readonly email: string };
  readonly lines: readonly { readonly no: number; readonly sku: string; readonly qty: number }[];
}

const isRefused = (index: number): boolean => index % 50 === 49;

/** Order number `index`: one to four lines, told by the number alone. */
function orderOf(index: number): Order {
  const lines = Array.from({ length: 1 + (index % 4) }, (_, line) => ({
    no: line + 1,
    sku: skus[(index + line) % skus.length] ?? '',
    qty: 1 + ((index * 7 + line) % 5),
  }));
  const missing = isRefused(index) ? [{ no: lines.length + 1, sku: 'DK-5100', qty: 1 }] : [];
  return {
    id: `order-${index}`,
    customer: { name: `Kundin ${index} Ü`, email: `c${index}@example.org` },
    lines: [...lines, ...missing],
  };
}

const totalOf = (order: Order): number =>
  Math.round(order.lines.reduce((sum, { sku, qty }) => sum + (prices[sku] ?? 0) * qty, 0) * 100) / 100;

describe('the flow "Order intake" as it was drawn', () => {
  let installation: Installation;
  let flowId: string;
  let document: FlowDocument;

  beforeAll(async () => {
    installation = await startInstallation();
    const { client } = installation;
    const text = await readDrawnFlow(client);
    flowId = (await client.call('importFlow', { body: { text, format: 'json' } }))._id;
    await client.call('publishFlow', { params: { id: flowId }, body: { note: 'As it was drawn' } });
    document = (await client.call('getFlow', { params: { id: flowId } }))._source.document;
  });
  afterAll(async () => {
    await installation.dispose();
  });

  it.each(['json', 'yaml'] as const)('is the same document after export and import as %s', async (format) => {
    const { client } = installation;
    const { text } = await client.call('exportFlow', { params: { id: flowId }, query: { format } });
    expect(format === 'json' ? JSON.parse(text) : parseYaml(text)).toMatchObject({ name: 'Order intake, drawn' });
    const { _id: copy } = await client.call('importFlow', { body: { text, format } });
    expect((await client.call('getFlow', { params: { id: copy } }))._source.document).toEqual(document);
    await client.call('deleteFlow', { params: { id: copy } });
  });

  it(`answers ${orderCount} orders sent by curl, ${atOnce} at once, each with its own total, and writes every row once`, async () => {
    const { webhook } = (await installation.client.call('getFlow', { params: { id: flowId } }))._source;
    const url = new URL(webhook?.url ?? '', installation.url).href;
    const wrong: string[] = [];
    await forEachAtOnce(orderCount, async (index) => {
      const problem = await sendOrder(url, index);
      if (problem !== undefined) wrong.push(problem);
    });
    expect(wrong).toEqual([]);

    const accepted = Array.from({ length: orderCount }, (_, index) => index).filter((index) => !isRefused(index));
    const expected = accepted.map((index) => orderOf(index));
    const written = await readWritten(installation, document);
    expect(written).toEqual({
      orders: expected.length,
      total: Math.round(expected.reduce((sum, order) => sum + totalOf(order), 0) * 100) / 100,
      lines: expected.reduce((sum, order) => sum + order.lines.length, 0),
    });
    const subjects = await mailSubjects(join(installation.dataDir, 'mail'));
    expect(subjects.sort()).toEqual(expected.map(({ id }) => `Your order ${id}`).sort());
  });
});

async function forEachAtOnce(count: number, run: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await run(index);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** Sends as the README shows it. */
async function curl(url: string, body: string): Promise<{ status: number; text: string }> {
  const header = 'content-type: application/json';
  const { stdout } = await runProgram('curl', ['-s', '-w', '\n%{http_code}', '-H', header, '--data-binary', body, url]);
  const end = stdout.lastIndexOf('\n');
  return { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) };
}

async function sendOrder(url: string, index: number): Promise<string | undefined> {
  const order = orderOf(index);
  const { status, text } = await curl(url, JSON.stringify(order));
  const answer = JSON.parse(text) as { order?: string; total?: number; missing?: string[]; lines?: unknown[] };
  const isRight = isRefused(index)
    ? status === 409 && answer.missing?.join() === 'DK-5100'
    : status === 201 && answer.total === totalOf(order) && answer.lines?.length === order.lines.length;
  return isRight && answer.order === order.id ? undefined : `${index}: ${status} ${text}`;
}

interface Written {
  readonly orders: number;
  readonly total: number;
  readonly lines: number;
}

/** Asks the warehouse through a flow of its own, by the connection that the flow uses. */
async function readWritten({ client }: Installation, drawn: FlowDocument): Promise<Written> {
  const lookUp = drawn.steps['look_up_stock'];
  if (lookUp?.kind !== 'operation') throw new Error('the drawn flow has no step look_up_stock');
  const sql = `select (select count(*)::int from orders) as orders, (select sum(total)::float8 from orders) as total,
    (select count(*)::int from order_lines) as lines`;
  const counting: FlowDocument = {
    ...drawn,
    name: 'Count orders',
    trigger: { kind: 'manual', title: 'Start', inputSchema: { type: 'object' } },
    steps: { look_up_stock: { ...lookUp, input: { sql: { value: sql } } } },
    scopes: { root: { steps: ['look_up_stock'], edges: [] } },
    layout: { positions: {} },
  };
  const { _id: flowId } = await client.call('createFlow', { body: { document: counting } });
  const { _id: id } = await client.call('startRun', { body: { flowId, version: 'draft' } });
  const run = await until('the count', async () => {
    const { _source } = await client.call('getRun', { params: { id } });
    return _source.state !== 'running' && _source.state !== 'queued' && _source;
  });
  return (run.output as { rows: [Written] }).rows[0];
}

async function mailSubjects(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return mails.map((mail) => /^Subject: (.*)$/m.exec(mail)?.[1]?.trim() ?? '');
}
