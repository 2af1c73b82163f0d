import { AppError } from '@patchbay/errors';
import type { FastifyInstance } from 'fastify';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * On a loopback address, answers only to names of this machine: a foreign page that rebinds its own name to 127.0.0.1
 * would otherwise share our origin. Elsewhere the proxy or the certificate decides about names.
 */
export function registerHostCheck(
  app: FastifyInstance,
  options: { readonly host: string; readonly publicUrl: string },
): void {
  if (!isLoopback(options.host)) return;
  const publicName = new URL(options.publicUrl).hostname;
  app.addHook('onRequest', async (request) => {
    const name = nameOf(request.headers.host ?? '');
    if (name === undefined || (!loopbackNames.has(name) && name !== publicName)) throw new AppError('forbidden_origin');
  });
}

/** True for an address that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** True if the `Host` header names this machine as such. */
export function hasLoopbackName(host: string | undefined): boolean {
  const name = nameOf(host ?? '');
  return name !== undefined && loopbackNames.has(name);
}

function nameOf(host: string): string | undefined {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : undefined;
}
