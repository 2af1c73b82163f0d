import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { loadConfig, readEnvironment } from '@patchbay/config';
import { serverConfigSchema, startServer } from '@patchbay/server';
import { createTestDatabase, findFreePort, type TestDatabase } from '@patchbay/tooling';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

const entry = fileURLToPath(new URL('../../packages/cli/bin/patchbay.mjs', import.meta.url));
const aKey = (): string => randomBytes(32).toString('base64');
const [oldKey, newKey] = [aKey(), aKey()];
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase(inject('databaseUrl'));
});
afterAll(() => database.drop());

/** Starts a server, which reads the secrets of the demo flows, and ends it. */
async function useServer(masterKey: string): Promise<void> {
  const config = loadConfig(serverConfigSchema, {
    PORT: String(await findFreePort(9481)),
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_NAMESPACE: inject('temporalNamespace'),
    PATCHBAY_MASTER_KEY: masterKey,
    PATCHBAY_DEVELOPMENT: 'true',
    PATCHBAY_LOG_LEVEL: 'error',
  });
  const server = await startServer(config);
  await server.close();
}

async function rewrap(env: Record<string, string>): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [entry, 'keys', 'rewrap', '--json'], {
    env: { ...readEnvironment(), DATABASE_URL: database.url, ...env },
  });
  const chunks = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (chunks.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (chunks.err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...chunks };
}

describe('patchbay keys rewrap', () => {
  it('changes the master key of an installation; the old one then opens nothing', async () => {
    await useServer(oldKey);
    await expect(useServer(newKey)).rejects.toMatchObject({ code: 'secret_unreadable' });

    const without = await rewrap({ PATCHBAY_MASTER_KEY: newKey });
    expect(without.code).not.toBe(0);
    expect(without.err).toContain('secret_unreadable');

    const both = { PATCHBAY_MASTER_KEY: newKey, PATCHBAY_PREVIOUS_MASTER_KEY: oldKey };
    const first = await rewrap(both);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect((JSON.parse(first.out) as { rewrapped: number }).rewrapped).toBeGreaterThan(0);
    expect(JSON.parse((await rewrap(both)).out)).toEqual({ rewrapped: 0 });
    expect(JSON.stringify([without, first])).not.toContain(newKey);

    await useServer(newKey);
    await expect(useServer(oldKey)).rejects.toMatchObject({ code: 'secret_unreadable' });
  });
});
