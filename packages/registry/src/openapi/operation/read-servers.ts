import { childOf, childrenOf, ownValue, textAt, type Located } from '../source/located.ts';
import { UnsupportedOperation, type OperationSource } from './operation-source.ts';

const maxServers = 50;

/** The addresses a description names at this place, variables filled with their defaults. */
export function readServers(part: Located): string[] {
  const servers = childrenOf(childOf(part, 'servers')).slice(0, maxServers);
  const filled = servers.map(([, server]) => fillVariables(server));
  const absolute = filled.map((url) => toAbsolute(url, part.base)).filter((url) => url !== undefined);
  return [...new Set(absolute)];
}

function fillVariables(server: Located): string {
  const variables = childOf(server, 'variables');
  return (textAt(server, 'url') ?? '').replaceAll(/\{([^{}]*)\}/g, (whole, name: string) => {
    const value = ownValue(childOf(variables, name).value, 'default');
    return typeof value === 'string' || typeof value === 'number' ? String(value) : whole;
  });
}

/** As absolute address without a slash at its end; undefined if there is no way to know the host. */
function toAbsolute(url: string, base: string): string | undefined {
  const parsed = URL.parse(url, base === '' ? undefined : base);
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || /[{}]|%7B/i.test(parsed.href)) return undefined;
  return (parsed.origin + parsed.pathname).replace(/\/+$/, '').slice(0, 2_000);
}

/**
 * The path of an operation below the base URL of the connector. An operation may have servers of its own: below the base
 * URL they become part of the path, elsewhere the operation cannot be used.
 */
export function serverPath(source: OperationSource, baseUrl: string): string {
  const own = [source.operation, source.item].find((part) => Array.isArray(childOf(part, 'servers').value));
  const servers = own === undefined ? [] : readServers(own);
  if (servers.length === 0 || servers.includes(baseUrl)) return source.path;
  const below = servers.find((server) => server.startsWith(`${baseUrl}/`));
  if (below !== undefined && baseUrl !== '') return below.slice(baseUrl.length) + source.path;
  throw new UnsupportedOperation(`It is called at another server: ${(servers[0] ?? '').slice(0, 200)}.`);
}
