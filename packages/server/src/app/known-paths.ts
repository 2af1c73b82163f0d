import type { FastifyInstance } from 'fastify';

/** Remembers every address with its method, so that a wrong method can be told from a wrong address. */
export function registerKnownPaths(app: FastifyInstance): void {
  app.decorate('knownPaths', []);
  app.addHook('onRoute', ({ method, url }) => {
    if (url.includes('*')) return;
    const text = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:[a-zA-Z]+/g, '[^/]+');
    for (const name of [method].flat()) app.knownPaths.push({ method: name, pattern: new RegExp(`^${text}$`) });
  });
}
