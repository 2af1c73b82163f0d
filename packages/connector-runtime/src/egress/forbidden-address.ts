import { BlockList, isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Ranges no call may reach unless the administrator allows them: private, special-purpose and translated addresses. */
const forbiddenRanges: readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  // `::/96` holds the unspecified address, loopback and the old IPv4-compatible form; `::ffff:0:0/96` the mapped form.
  ['::', 96, 'ipv6'],
  ['::ffff:0:0', 96, 'ipv6'],
  ['::ffff:0:0:0', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
  ['5f00::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['fec0::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

/** One list per family: a BlockList compares IPv4 addresses with `::ffff:0:0/96` too and would find all of them there. */
const forbidden = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix, family] of forbiddenRanges) forbidden[family].addSubnet(network, prefix, family);

/**
 * True if an address is not a public unicast one. Two independent judges, a list of ranges and the classification of
 * ipaddr.js, must both find it public. What is no address at all is forbidden.
 */
export function isForbiddenAddress(address: string): boolean {
  const plain = stripZone(address);
  if (isIP(plain) === 0 || plain !== address) return true;
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  if (forbidden[family].check(plain, family)) return true;
  return ipaddr.parse(plain).range() !== 'unicast';
}

/** An address without brackets and without a zone (`fe80::1%eth0`). */
export function stripZone(address: string): string {
  return address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
}
