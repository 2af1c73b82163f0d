import {
  allHandlersFinished,
  condition,
  defineUpdate,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
} from '@temporalio/workflow';
import type { get } from './activities.ts';

/** An order as the bench sends it. */
export interface Order {
  readonly id: string;
  readonly qty: number;
  readonly price: number;
}

/** What the caller gets. */
export interface Receipt {
  readonly text: string;
  readonly total: number;
}

export const replyUpdate = defineUpdate<Receipt>('reply');

/** What an engineer would write for three transforms and an answer: a workflow with an update that gives the result. */
export async function threeTransforms(order: Order): Promise<Receipt> {
  const receipt = receiptOf(order);
  setHandler(replyUpdate, () => receipt);
  return Promise.resolve(receipt);
}

const standard = proxyActivities<{ get: typeof get }>({ startToCloseTimeout: '5s' });
const local = proxyLocalActivities<{ get: typeof get }>({ startToCloseTimeout: '5s' });

/** The same after four HTTP calls, one after the other, as activities or as local ones. */
export async function fourOperations(order: Order, mode: 'fast' | 'standard'): Promise<Receipt> {
  const receipt = receiptOf(order);
  let isAnswered = false;
  setHandler(replyUpdate, async () => {
    await condition(() => isAnswered);
    return receipt;
  });
  const call = mode === 'fast' ? local.get : standard.get;
  for (let number = 1; number <= 4; number++) await call(number);
  isAnswered = true;
  await condition(allHandlersFinished);
  return receipt;
}

function receiptOf({ id, qty, price }: Order): Receipt {
  const total = Math.round(qty * price * 1.19 * 100) / 100;
  return { text: `Order ${id}: ${total}`, total };
}
