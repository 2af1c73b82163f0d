import { z } from 'zod';

/** What a process that calls other systems is told about them; part of the configuration of server and worker. */
export const egressKeys = {
  PATCHBAY_EGRESS_ALLOW: z
    .string()
    .default('')
    .describe('Private addresses that connectors may call: host, host:port or CIDR, separated by commas.'),
};

/** Addresses that connectors may call beside public ones while developing: this machine. */
const developmentEgress = ['localhost', '127.0.0.0/8', '::1'];

/** The allow-list of the egress guard. */
export function readEgress(config: {
  readonly PATCHBAY_EGRESS_ALLOW: string;
  readonly PATCHBAY_DEVELOPMENT: boolean;
}): { readonly allow: readonly string[] } {
  const allow = config.PATCHBAY_EGRESS_ALLOW.split(',').flatMap((entry) => entry.trim() || []);
  return { allow: config.PATCHBAY_DEVELOPMENT ? [...allow, ...developmentEgress] : allow };
}
