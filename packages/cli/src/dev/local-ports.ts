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
const names: Readonly<Record<keyof LocalPorts, string>> = {
  postgres: 'PostgreSQL',
  temporal: 'Temporal',
  mail: 'the mail sink',
};

/** Takes the ports of the last start where they are free, others where not (and says so), and remembers them in the data folder. */
export async function chooseLocalPorts(dataDir: string, note: (text: string) => void): Promise<LocalPorts> {
  const file = join(dataDir, 'ports.json');
  const last = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<LocalPorts>) : {};
  const choose = async (name: keyof LocalPorts): Promise<number> => {
    const wanted = last[name] ?? preferred[name];
    const port = await findFreePort(wanted);
    if (port !== wanted) note(`Port ${wanted} is taken; ${names[name]} uses ${port}`);
    return port;
  };
  const ports: LocalPorts = {
    postgres: await choose('postgres'),
    temporal: await choose('temporal'),
    mail: await choose('mail'),
  };
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}
