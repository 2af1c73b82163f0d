import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { listen } from './listen.ts';

const host = '127.0.0.1';

/** A port that the system gave to an outgoing connection, which is how a free port is lost at a start. */
async function portOfConnection(): Promise<{ port: number; end(): Promise<void> }> {
  const server = createServer((socket) => socket.resume().on('error', () => undefined)).listen(0, host);
  await once(server, 'listening');
  const client = connect({ port: (server.address() as AddressInfo).port, host });
  await once(client, 'connect');
  return {
    port: client.localPort ?? 0,
    end: async () => {
      // An ordinary end would keep the port busy for another minute.
      client.resetAndDestroy();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('listen', () => {
  it('waits for a port that an outgoing connection holds', async () => {
    const holder = await portOfConnection();
    const app = fastify();
    const listening = listen(app, { port: holder.port, host });
    await expect.poll(() => app.server.listening, { timeout: 300 }).toBe(false);
    await holder.end();
    await listening;
    expect(app.server.listening).toBe(true);
    await app.close();
  });

  it('says port_taken when it stays taken', async () => {
    const holder = await portOfConnection();
    const refused = listen(fastify(), { port: holder.port, host, patienceMs: 200 });
    await expect(refused).rejects.toMatchObject({ code: 'port_taken', message: `Port ${holder.port} is taken.` });
    await holder.end();
  });
});
