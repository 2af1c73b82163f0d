import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { registerErrorHandler } from '../app/error-handler.ts';
import { registerKnownPaths } from '../app/known-paths.ts';
import { writeReply } from './write-reply.ts';

async function send(answer: Parameters<typeof writeReply>[1]) {
  const app = fastify();
  registerKnownPaths(app);
  registerErrorHandler(app);
  app.get('/', (_request, reply) => writeReply(reply, answer));
  return app.inject({ url: '/' });
}

describe('writeReply', () => {
  it('sends JSON, text and nothing with a fitting type', async () => {
    expect((await send({ status: 200, headers: {}, body: { a: 1 } })).headers['content-type']).toContain(
      'application/json',
    );
    const text = await send({ status: 200, headers: {}, body: 'plain' });
    expect([text.body, text.headers['content-type']]).toEqual(['plain', 'text/plain; charset=utf-8']);
    expect((await send({ status: 204, headers: {}, body: null })).body).toBe('');
  });

  it('lets the flow name the type, and keeps the document in a sandbox', async () => {
    const page = await send({ status: 200, headers: { 'Content-Type': 'text/html' }, body: '<script>1</script>' });
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toBe("sandbox; default-src 'none'");
  });

  it('refuses headers that are not the flow’s, or no headers at all', async () => {
    const headers = {
      'Set-Cookie': 'a=b',
      'Content-Length': '3',
      'Bad Name': 'x',
      'X-Split': 'a\r\nb: c',
      'X-Good': 'yes',
    };
    const response = await send({ status: 200, headers, body: {} });
    expect(response.headers).toMatchObject({ 'x-good': 'yes', 'content-length': '2' });
    for (const name of ['set-cookie', 'bad name', 'x-split', 'b']) expect(response.headers).not.toHaveProperty(name);
  });

  it.each([99, 600, 200.5, Number.NaN])('takes status %s for a failure of the run', async (status) => {
    expect((await send({ status, headers: {}, body: null })).json()).toMatchObject({ error: { code: 'run_failed' } });
  });
});
