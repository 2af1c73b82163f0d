import { isAppError } from '@patchbay/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAllowList } from './allow-list.ts';
import { createEgressGuard, type EgressRule } from './egress-guard.ts';
import { isForbiddenAddress } from './forbidden-address.ts';

const anyHost: EgressRule = { hosts: [], isUserProvided: true };

async function codeOf(action: () => unknown): Promise<string> {
  try {
    await action();
    return 'ok';
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

const octet = fc.integer({ min: 0, max: 255 });
const lastThree = fc.tuple(octet, octet, octet).map((parts) => parts.join('.'));
const privateV4 = fc.oneof(
  lastThree.map((rest) => `10.${rest}`),
  lastThree.map((rest) => `127.${rest}`),
  lastThree.map((rest) => `0.${rest}`),
  fc.tuple(octet, octet).map(([c, d]) => `192.168.${String(c)}.${String(d)}`),
  fc.tuple(octet, octet).map(([c, d]) => `169.254.${String(c)}.${String(d)}`),
  fc.tuple(octet, octet).map(([c, d]) => `198.18.${String(c)}.${String(d)}`),
  octet.map((d) => `192.0.0.${String(d)}`),
  fc.tuple(fc.integer({ min: 16, max: 31 }), octet, octet).map((parts) => `172.${parts.join('.')}`),
  fc.tuple(fc.integer({ min: 64, max: 127 }), octet, octet).map((parts) => `100.${parts.join('.')}`),
  fc.tuple(fc.integer({ min: 224, max: 255 }), lastThree).map(([a, rest]) => `${String(a)}.${rest}`),
);
const hex = (address: string): string => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
};

describe('isForbiddenAddress', () => {
  it('forbids every private IPv4 address in every IPv6 form that reaches it', () => {
    fc.assert(
      fc.property(privateV4, (address) => {
        const forms = [
          address,
          `::ffff:${address}`,
          `::ffff:${hex(address)}`,
          `::${address}`,
          `64:ff9b::${hex(address)}`,
        ];
        for (const form of [...forms, `2002:${hex(address)}::1`])
          expect([form, isForbiddenAddress(form)]).toEqual([form, true]);
      }),
    );
  });

  it('forbids special IPv6 ranges', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    const prefix = fc.constantFrom('fe80', 'febf', 'fc00', 'fdff', 'ff02', 'fec0', '2002', '2001:db8');
    fc.assert(
      fc.property(prefix, group, (head, tail) => {
        expect(isForbiddenAddress(`${head}::${tail}`)).toBe(true);
      }),
    );
  });

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '193.0.0.1',
  ])('lets the public address %s pass', (address) => {
    expect(isForbiddenAddress(address)).toBe(false);
  });

  it.each([
    '',
    'example.com',
    '::1',
    '::',
    '0.0.0.0',
    'fe80::1%eth0',
    '2606:4700::1111%eth0',
    '255.255.255.255',
    '999.1.1.1',
  ])('forbids %s', (address) => {
    expect(isForbiddenAddress(address)).toBe(true);
  });
});

describe('createEgressGuard', () => {
  const resolving = (...addresses: string[]) =>
    createEgressGuard({ allow: [] }, async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

  it('refuses private literals however they are written', async () => {
    const guard = createEgressGuard({ allow: [] });
    const spellings = [
      '0x7f.1',
      '2130706433',
      '127.1',
      '①②⑦.0.0.1',
      '[::1]',
      '[::ffff:7f00:1]',
      '169.254.169.254',
      '017700000001',
    ];
    for (const spelling of spellings) {
      const { hostname } = new URL(`http://${spelling}/`);
      expect([spelling, await codeOf(() => guard.resolve(hostname, 80))]).toEqual([spelling, 'egress_forbidden']);
    }
  });

  it('refuses a name if one of its addresses is private', async () => {
    expect(await codeOf(() => resolving('8.8.8.8', '10.0.0.1').resolve('evil.example', 80))).toBe('egress_forbidden');
    expect(await codeOf(() => resolving('8.8.8.8', '::ffff:10.0.0.1').resolve('evil.example', 80))).toBe(
      'egress_forbidden',
    );
    expect(await codeOf(() => resolving().resolve('empty.example', 80))).toBe('egress_forbidden');
    expect(await resolving('8.8.8.8').resolve('good.example', 80)).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });

  it('never lets a random private answer pass, whatever stands beside it', async () => {
    const publicV4 = fc.constantFrom('8.8.8.8', '1.1.1.1', '93.184.216.34');
    await fc.assert(
      fc.asyncProperty(fc.array(publicV4), privateV4, fc.array(publicV4), async (before, address, after) => {
        const guard = resolving(...before, address, ...after);
        expect(await codeOf(() => guard.resolve('x.example', 443))).toBe('egress_forbidden');
      }),
    );
  });

  it('says network_error when the name is unknown', async () => {
    const guard = createEgressGuard({ allow: [] }, async () => Promise.reject(new Error('ENOTFOUND')));
    expect(await codeOf(() => guard.resolve('nowhere.example', 80))).toBe('network_error');
  });

  it('lets the administrator allow a host, a port, an address and a range', async () => {
    const guard = createEgressGuard(
      { allow: ['127.0.0.1:9001', 'db.internal', '10.1.0.0/16', '[::1]:80'] },
      async (host) => [{ address: host === 'db.internal' ? '192.168.0.5' : '10.1.2.3', family: 4 }],
    );
    expect(await codeOf(() => guard.resolve('127.0.0.1', 9001))).toBe('ok');
    expect(await codeOf(() => guard.resolve('127.0.0.1', 9002))).toBe('egress_forbidden');
    expect(await codeOf(() => guard.resolve('db.internal', 5432))).toBe('ok');
    expect(await codeOf(() => guard.resolve('other.internal', 5432))).toBe('ok');
    expect(await codeOf(() => guard.resolve('10.2.0.1', 1))).toBe('egress_forbidden');
    expect(await codeOf(() => guard.resolve('[::1]', 80))).toBe('ok');
    expect(await codeOf(() => guard.resolve('[::1]', 81))).toBe('egress_forbidden');
  });

  it('refuses hosts, schemes and user info the manifest does not allow', async () => {
    const guard = createEgressGuard({ allow: [] });
    const rule = { hosts: ['api.example.com', '*.cdn.example.com'], isUserProvided: false };
    const check = (url: string, by: EgressRule = rule) => codeOf(() => guard.assertUrl(new URL(url), by));
    expect(await check('https://api.example.com/x')).toBe('ok');
    expect(await check('https://a.cdn.example.com/')).toBe('ok');
    expect(await check('https://api.example.com.evil.test/')).toBe('egress_forbidden');
    expect(await check('ftp://api.example.com/', anyHost)).toBe('egress_forbidden');
    expect(await check('https://u:p@api.example.com/')).toBe('egress_forbidden');
    expect(await check('https://anything.example/', anyHost)).toBe('ok');
  });

  it('refuses an allow-list entry it cannot read', () => {
    for (const entry of ['', '*', '10.0.0.0/33', '10.0.0.0/x', 'a b', 'host:port']) {
      expect(() => createAllowList({ allow: [entry] }), entry).toThrow(/allow-list/);
    }
  });
});
