import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '@patchbay/tooling';

/** Ports of the services of a local installation. Connections of the demo flows name them, so they should stay. */
export interface LocalPorts {
  readonly postgres: number;
  readonly temporal: number;
  readonly mail: number;
}

const preferred: LocalPorts = { postgres: 9432, temporal: 9233, mail: 9025 };

/** Takes the ports of the last start where they are free, others where not, and remembers them in the data folder. */
export async function chooseLocalPorts(dataDir: string): Promise<LocalPorts> {
  const file = join(dataDir, 'ports.json');
  const last = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<LocalPorts>) : {};
  const ports: LocalPorts = {
    postgres: await findFreePort(last.postgres ?? preferred.postgres),
    temporal: await findFreePort(last.temporal ?? preferred.temporal),
    mail: await findFreePort(last.mail ?? preferred.mail),
  };
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}
