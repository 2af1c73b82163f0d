import { inspect } from 'node:util';
import { isAppError } from '@patchbay/errors';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeConfig, FlagSchema, loadConfig, PortSchema, readEnvironment, Secret, SecretSchema } from './index.ts';

const schema = z.object({
  PORT: PortSchema.default(9000).describe('Port of the server.'),
  MASTER_KEY: SecretSchema.describe('Key that wraps the data keys.'),
  DATABASE_URL: z.url().describe('Where PostgreSQL is.'),
  VERBOSE: FlagSchema.optional().describe('Log more.'),
});

const good = { MASTER_KEY: 'k-123', DATABASE_URL: 'postgres://localhost/x' };

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('loadConfig', () => {
  it('converts, fills defaults and freezes', () => {
    const config = loadConfig(schema, { ...good, PORT: '8080', VERBOSE: 'yes', UNRELATED: 'x' });
    expect(config).toMatchObject({ PORT: 8080, VERBOSE: true, DATABASE_URL: good.DATABASE_URL });
    expect(Object.keys(config)).not.toContain('UNRELATED');
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes an empty variable as absent', () => {
    expect(loadConfig(schema, { ...good, PORT: '' }).PORT).toBe(9000);
  });

  it('names every wrong key at once and no value', () => {
    const error = errorOf(() => loadConfig(schema, { PORT: 'nine-thousand', DATABASE_URL: 'se cret' }));
    if (!isAppError(error)) throw error;
    expect(error.code).toBe('config_invalid');
    expect(error.details['fields']).toMatchObject([
      { path: '/PORT' },
      { path: '/MASTER_KEY' },
      { path: '/DATABASE_URL' },
    ]);
    expect(error.message).toContain('MASTER_KEY is missing');
    expect(JSON.stringify([error.message, error.details])).not.toMatch(/nine-thousand|se cret/);
  });
});

describe('Secret', () => {
  it('shows its value only to reveal()', () => {
    const secret = loadConfig(schema, good).MASTER_KEY;
    expect(secret.reveal()).toBe('k-123');
    const printed = [String(secret), JSON.stringify({ secret }), inspect({ secret }), inspect(secret)];
    for (const text of printed) {
      expect(text).toContain('[redacted]');
      expect(text).not.toContain('k-123');
    }
    expect(Object.keys(new Secret('x'))).toEqual([]);
  });
});

describe('describeConfig', () => {
  it('lists description, requirement and default of each key', () => {
    expect(describeConfig(schema)).toEqual([
      { key: 'PORT', description: 'Port of the server.', isRequired: false, defaultValue: '9000' },
      { key: 'MASTER_KEY', description: 'Key that wraps the data keys.', isRequired: true },
      { key: 'DATABASE_URL', description: 'Where PostgreSQL is.', isRequired: true },
      { key: 'VERBOSE', description: 'Log more.', isRequired: false },
    ]);
  });
});

describe('readEnvironment', () => {
  it('is a frozen copy', () => {
    expect(Object.isFrozen(readEnvironment())).toBe(true);
    expect(readEnvironment()['PATH']).toBe(process.env['PATH']);
  });
});
