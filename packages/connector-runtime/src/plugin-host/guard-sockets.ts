import dns, { type LookupAddress, type LookupOptions } from 'node:dns';
import type { EgressGuard } from '../egress/egress-guard.ts';

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/**
 * Makes every name a driver connects to pass the guard at the moment of connecting, so that a name cannot lead elsewhere
 * after the parent checked it. `net` looks up names through this property of the module; the guard itself holds the
 * original function. Addresses given as numbers are not looked up: those of a connection were checked by the parent.
 */
export function guardSockets(guard: EgressGuard): void {
  const lookup = (host: string, given: LookupOptions | number | LookupCallback, last?: LookupCallback): void => {
    const options = typeof given === 'object' ? given : {};
    const callback = typeof given === 'function' ? given : last;
    guard.resolve(host).then(
      (addresses) => {
        const wanted = addresses.filter(({ family }) => !isFamily(options.family) || family === Number(options.family));
        if (options.all === true) callback?.(null, wanted);
        else callback?.(null, wanted[0]?.address ?? '', wanted[0]?.family);
      },
      (error: unknown) => callback?.(error as Error, ''),
    );
  };
  // The overloads of dns.lookup cannot be written as one arrow function; all of its forms are handled above.
  Object.assign(dns, { lookup });
}

function isFamily(family: LookupOptions['family']): boolean {
  return family === 4 || family === 6;
}
