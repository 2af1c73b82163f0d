import type { Page } from 'playwright-core';
import { canvasOf, nodeOf, untilSaved } from '../harness.ts';
import { flowHands, type FlowHands } from './flow-hands.ts';

/** An order as the shop sends it; the fields of the data panel come from it. */
const sampleOrder = {
  id: 'order-1',
  customer: { name: 'Ada Lovelace', email: 'ada@example.org' },
  lines: [{ no: 1, sku: 'KB-0417', qty: 2 }],
};

const inStock = 'look_up_stock.rows.exists(row, row.sku == line.sku && row.on_hand >= line.qty)';

/** Draws the flow "order intake" on the empty canvas of a new flow, as a person does. */
export async function drawOrderIntake(page: Page, name: string): Promise<void> {
  const hands = flowHands(page);
  await nameFlow(page, name);
  await drawTrigger(page);
  await drawLookUp(hands);
  await drawBranch(hands);
  await drawLoop(hands);
  await drawWrites(hands);
  await drawSum(hands);
  await drawMail(hands);
  await drawAnswers(page, hands);
  await page.getByRole('button', { name: 'Tidy up' }).click();
  await page.getByRole('button', { name: 'Undo: Tidy up' }).waitFor();
  await untilSaved(page);
}

async function nameFlow(page: Page, name: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Name of the flow' });
  await field.fill(name);
  await field.press('Enter');
}

async function drawTrigger(page: Page): Promise<void> {
  await nodeOf(page, 'Start by hand').click();
  await page.getByRole('combobox', { name: 'Started by' }).selectOption('webhook');
  await page.getByRole('combobox', { name: 'Answer' }).selectOption('sync');
  const body = page.getByRole('textbox', { name: /^Body/ });
  await body.fill(JSON.stringify(sampleOrder));
  await body.blur();
  await page.locator('pb-trigger-panel').getByRole('textbox', { name: 'Name', exact: true }).fill('Order received');
  await nodeOf(page, 'Order received').waitFor();
}

/** The rows that the test of the step brings give the data panel its columns. */
async function drawLookUp(hands: FlowHands): Promise<void> {
  await hands.addAfter('Order received', { find: 'query', name: /^Query/ });
  await hands.rename('Look up stock');
  await hands.choose('Connection', 'Warehouse database');
  await hands.type('SQL', 'select sku, name, on_hand, price::float8 as price from stock where sku = any($1::text[])');
  await hands.openFold('Optional');
  const first = await hands.addItem('Values', 1);
  await hands.pick(first, 'trigger.body.lines.*.sku', 'All, as a list');
  await hands.testAndKeep();
}

async function drawBranch(hands: FlowHands): Promise<void> {
  await hands.addAfter('Look up stock', { find: 'branch', name: /^Branch/ });
  await hands.rename('All in stock?');
  await hands.type('Path 1', 'In stock');
  await hands.typeFormula('Condition', `trigger.body.lines.all(line, ${inStock})`);
}

async function drawLoop(hands: FlowHands): Promise<void> {
  await hands.addAfter('All in stock?', { find: 'for each', name: /^For each/ }, 'yes');
  await hands.rename('Order lines');
  await hands.pick('List', 'trigger.body.lines');
  await hands.type('Items at the same time', '4');
  await hands.addInto('order_lines.body', { find: 'idempotency', name: /^Send request with idempotency key/ });
  await hands.rename('Reserve item');
  await hands.choose('Connection', 'Stockroom');
  await hands.type('URL', '/reservation');
  await hands.openFold('Optional');
  await hands.buildFields('Body');
  await hands.pick(await hands.addField('Body', 'sku'), 'loop.item.sku');
  await hands.pick(await hands.addField('Body', 'quantity'), 'loop.item.qty');
  await hands.type(await hands.addField('Body', 'reference'), '{{ trigger.body.id }}-{{ loop.item.no }}');
  await hands.openTab('Errors & retry');
  await hands.type('Retries', '8');
  await hands.type('First pause', '500');
  await hands.testAndKeep();

  await hands.openStep('Order lines');
  const result = 'Result of one item';
  await hands.pick(await hands.addField(result, 'line_no'), 'loop.item.no');
  await hands.pick(await hands.addField(result, 'sku'), 'loop.item.sku');
  await hands.pick(await hands.addField(result, 'quantity'), 'loop.item.qty');
  const price = await hands.addField(result, 'price');
  await hands.typeFormula(price, 'look_up_stock.rows.filter(row, row.sku == loop.item.sku)[0].price');
  await hands.pick(await hands.addField(result, 'reservation'), 'reserve_item.body.reservation');
}

async function drawWrites(hands: FlowHands): Promise<void> {
  const upsert = { find: 'upsert', name: /^Upsert rows/ };
  await hands.addAfter('Order lines', upsert);
  await hands.rename('Write order');
  await hands.choose('Connection', 'Warehouse database');
  await hands.type('Table', 'orders');
  await hands.addItem('Rows', 1);
  const row = 'Rows, item 1';
  await hands.pick(await hands.addField(row, 'id'), 'trigger.body.id');
  await hands.pick(await hands.addField(row, 'customer'), 'trigger.body.customer.name');
  await hands.pick(await hands.addField(row, 'email'), 'trigger.body.customer.email');
  await hands.type(await hands.addItem('Key columns', 1), 'id');

  await hands.addAfter('Write order', upsert);
  await hands.rename('Write lines');
  await hands.choose('Connection', 'Warehouse database');
  await hands.type('Table', 'order_lines');
  await hands.typeFormula(
    'Rows',
    'order_lines.map(line, {"order_id": trigger.body.id, "line_no": line.line_no, "sku": line.sku, "quantity": line.quantity, "price": line.price, "reservation": line.reservation})',
  );
  await hands.type(await hands.addItem('Key columns', 1), 'order_id');
  await hands.type(await hands.addItem('Key columns', 2), 'line_no');
}

async function drawMail(hands: FlowHands): Promise<void> {
  await hands.addAfter('Write lines', { find: 'send mail', name: /^Send mail/ });
  await hands.rename('Send confirmation');
  await hands.choose('Connection', 'Local mail');
  await hands.openFold('Optional');
  await hands.pick(await hands.addItem('To', 1), 'trigger.body.customer.email');
  await hands.type('Subject', 'Your order ');
  await hands.pick('Subject', 'trigger.body.id');
  await hands.type(
    'Text',
    'Hello {{ trigger.body.customer.name }}, we have reserved {{ add_up.count }} items. The total is {{ add_up.total }} EUR.',
  );
}

async function drawAnswers(page: Page, hands: FlowHands): Promise<void> {
  await hands.addAfter('Send confirmation', { find: 'respond', name: /^Respond/ });
  await hands.rename('Order accepted');
  await hands.type('Status', '201');
  await hands.pick(await hands.addField('Body', 'order'), 'trigger.body.id');
  await hands.pick(await hands.addField('Body', 'total'), 'add_up.total');
  await hands.pick(await hands.addField('Body', 'lines'), 'order_lines');

  await page.getByRole('button', { name: /^Fit/ }).first().click();
  await hands.dragAndWire(
    { find: '', name: /^Respond/ },
    { title: 'All in stock?', port: 'otherwise', right: 330, down: 150 },
  );
  await hands.openStep('Respond');
  await hands.rename('Out of stock');
  await hands.type('Status', '409');
  await hands.pick(await hands.addField('Body', 'order'), 'trigger.body.id');
  await hands.typeFormula(
    await hands.addField('Body', 'missing'),
    `trigger.body.lines.filter(line, !${inStock}).map(line, line.sku)`,
  );
  await canvasOf(page).locator('pb-flow-node[data-key=out_of_stock]').waitFor();
}

/** The order that is written needs a total: the step for it goes into the wire before. */
async function drawSum(hands: FlowHands): Promise<void> {
  await hands.addIntoWire('Order lines', 'Write order', { find: 'transform', name: /^Transform/ });
  await hands.rename('Add up');
  const sum = 'round(sum(order_lines.map(line, line.quantity * line.price)), 2)';
  await hands.typeFormula(await hands.addField('Output', 'total'), sum);
  await hands.typeFormula(await hands.addField('Output', 'count'), 'size(order_lines)');
  await hands.openStep('Write order');
  await hands.pick(await hands.addField('Rows, item 1', 'total'), 'add_up.total');
}
