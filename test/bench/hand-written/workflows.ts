import { defineUpdate, setHandler } from '@temporalio/workflow';

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
  const net = order.qty * order.price;
  const total = Math.round(net * 1.19 * 100) / 100;
  const receipt = { text: `Order ${order.id}: ${total}`, total };
  setHandler(replyUpdate, () => receipt);
  return Promise.resolve(receipt);
}
