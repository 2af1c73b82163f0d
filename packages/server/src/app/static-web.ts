import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { AppError } from '@patchbay/errors';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './error-handler.ts';

const immutable = 'public, max-age=31536000, immutable';

/**
 * Serves the built web app under `/app/`. Addresses without a file are the app's own; files with a hash in their name
 * never change.
 */
export async function registerWebApp(app: FastifyInstance, folder: string): Promise<void> {
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/app/'));
  app.get('/app', { schema: { hide: true } }, (_request, reply) => reply.redirect('/app/'));
  const isBuilt = existsSync(join(folder, 'index.html'));
  await app.register(async (scope) => {
    scope.setNotFoundHandler((request, reply) => {
      const isPage = request.method === 'GET' && !/\.[a-z0-9]{1,8}$/i.test(request.url.split('?', 1)[0] ?? '');
      if (isPage && isBuilt) return reply.header('cache-control', 'no-cache').sendFile('index.html', { maxAge: 0, immutable: false });
      const reason = isBuilt ? {} : { message: 'The web app is not built.', hint: 'Run npm start, or vite build in web/app.' };
      return sendProblem(new AppError('not_found', reason), request, reply);
    });
    if (!isBuilt) return;
    await scope.register(fastifyStatic, {
      root: folder,
      prefix: '/',
      cacheControl: false,
      setHeaders: (reply, path) => {
        void reply.header('cache-control', path.includes(join(folder, 'assets')) ? immutable : 'no-cache');
      },
    });
  }, { prefix: '/app' }); // prettier-ignore
}
