import { BlockList, isIP } from 'node:net';
import { AppError } from '@patchbay/errors';
import { matchesHosts } from '@patchbay/manifest/match-hosts';
import { stripZone } from './forbidden-address.ts';

/** What the administrator of the installation allows beside public addresses. */
export interface EgressPolicy {
  /** `host`, `*.suffix`, `host:port`, `address`, `address:port`, `[address]:port` or a CIDR range such as `10.1.0.0/16`. */
  readonly allow: readonly string[];
}

/** The allow-list of a policy, ready to be asked. */
export interface AllowList {
  /** Without a port an entry for any port counts. */
  hasHost(host: string, port?: number): boolean;
  hasAddress(address: string, port?: number): boolean;
}

interface AllowedHost {
  readonly host: string;
  readonly port?: number;
}

/** Reads a policy. Throws `config_invalid` for an entry that cannot be read, so that a typing error never opens or closes silently. */
export function createAllowList(policy: EgressPolicy): AllowList {
  const ranges = new BlockList();
  const hosts: AllowedHost[] = [];
  for (const entry of policy.allow) {
    if (entry.includes('/')) addRange(ranges, entry);
    else hosts.push(parseHost(entry));
  }
  const hasHost = (host: string, port?: number): boolean =>
    hosts.some(
      (allowed) =>
        (port === undefined || (allowed.port ?? port) === port) && matchesHosts(stripZone(host), [allowed.host]),
    );
  return {
    hasHost,
    hasAddress: (address, port) =>
      hasHost(address, port) || ranges.check(stripZone(address), isIP(stripZone(address)) === 6 ? 'ipv6' : 'ipv4'),
  };
}

function addRange(ranges: BlockList, entry: string): void {
  const [network = '', prefix = ''] = entry.split('/');
  const family = isIP(network);
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (family === 0 || !(bits >= 0 && bits <= (family === 4 ? 32 : 128))) throw unreadable(entry);
  ranges.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6');
}

function parseHost(entry: string): AllowedHost {
  if (isIP(entry) === 6) return { host: entry.toLowerCase() };
  const match = /^(\[[0-9a-f:.]+\]|[^\s:[\]]+)(?::(\d{1,5}))?$/i.exec(entry);
  if (match?.[1] === undefined || match[1] === '*') throw unreadable(entry);
  const host = stripZone(match[1]).toLowerCase();
  return match[2] === undefined ? { host } : { host, port: Number(match[2]) };
}

function unreadable(entry: string): AppError {
  return new AppError('config_invalid', {
    message: `"${entry}" in the egress allow-list is neither host, host:port nor a CIDR range.`,
  });
}
