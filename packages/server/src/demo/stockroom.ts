import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

const ReservationSchema = z.strictObject({
  sku: z.string().min(1).max(60),
  quantity: z.number().int().min(1).max(10_000),
  reference: z.string().min(1).max(120),
});

/**
 * The stock system that the demo flow *Order intake* calls; development only. It stands for somebody else's HTTP API:
 * nobody signs in, and the same reference always gives the same reservation.
 */
export function registerDemoStock(app: FastifyInstance): void {
  app.post(
    '/demo/stockroom/reservation',
    { schema: { hide: true, body: ReservationSchema } },
    async (request, reply) => {
      const { sku, quantity, reference } = request.body as z.output<typeof ReservationSchema>;
      const reservation = `R-${createHash('sha256').update(`${reference}/${sku}`).digest('hex').slice(0, 10)}`;
      return reply
        .code(201)
        .type('application/json')
        .send(JSON.stringify({ reservation, sku, quantity, state: 'held' }));
    },
  );
}
