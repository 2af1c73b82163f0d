import { lookup, type LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { AppError } from '@patchbay/errors';
import { matchesHosts } from '@patchbay/manifest/match-hosts';
import { createAllowList, type EgressPolicy } from './allow-list.ts';
import { isForbiddenAddress, stripZone } from './forbidden-address.ts';

/** The `egress` part of a manifest. */
export interface EgressRule {
  readonly hosts: readonly string[];
  readonly isUserProvided: boolean;
}

/** Resolves a host name to all its addresses. */
export type ResolveHost = (host: string) => Promise<readonly LookupAddress[]>;

/** Decides which host a connector may call, and which address may be connected to. */
export interface EgressGuard {
  /** Throws `egress_forbidden` unless the URL is http(s), has no user info and its host is one the manifest names. */
  assertUrl(url: URL, rule: EgressRule): void;
  /** Throws `egress_forbidden` unless the manifest lets the connector call this host. */
  assertHost(host: string, rule: EgressRule): void;
  /**
   * The addresses of a host, all of them checked: one forbidden address makes the whole host forbidden. Connect only to
   * what this returns. Without a port an allow-list entry for any port counts. Throws `egress_forbidden`, or
   * `network_error` when the name does not resolve.
   */
  resolve(host: string, port?: number): Promise<readonly LookupAddress[]>;
}

/** Makes the guard of an installation. */
export function createEgressGuard(policy: EgressPolicy, resolveHost: ResolveHost = lookupAll): EgressGuard {
  const allowList = createAllowList(policy);

  function assertHost(host: string, rule: EgressRule): void {
    if (!rule.isUserProvided && !matchesHosts(stripZone(host), rule.hosts)) {
      throw forbidden(host, `The connector does not declare the host ${host}.`);
    }
  }

  function assertUrl(url: URL, rule: EgressRule): void {
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw forbidden(url.host, 'Only http and https are called.');
    if (url.username !== '' || url.password !== '') {
      throw forbidden(url.host, 'An address may not hold a user name or password; use a connection.');
    }
    assertHost(url.hostname, rule);
  }

  async function resolve(host: string, port?: number): Promise<readonly LookupAddress[]> {
    const name = stripZone(host);
    const family = isIP(name);
    const addresses = family === 0 ? await resolveName(name, resolveHost) : [{ address: name, family }];
    const isAllowed = ({ address }: LookupAddress): boolean =>
      allowList.hasHost(name, port) || allowList.hasAddress(address, port) || !isForbiddenAddress(address);
    if (addresses.length === 0 || !addresses.every(isAllowed)) {
      throw forbidden(name, `${name} is a private or special address.`);
    }
    return addresses;
  }

  return { assertUrl, assertHost, resolve };
}

async function resolveName(name: string, resolveHost: ResolveHost): Promise<readonly LookupAddress[]> {
  try {
    return await resolveHost(name);
  } catch (cause) {
    throw new AppError('network_error', {
      message: `The host ${name} was not found.`,
      details: { host: name, wasSent: false },
      cause,
    });
  }
}

function lookupAll(host: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });
}

function forbidden(host: string, message: string): AppError {
  return new AppError('egress_forbidden', { message, details: { host, wasSent: false } });
}
