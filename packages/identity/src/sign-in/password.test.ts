import { describe, expect, it } from 'vitest';
import { defaultPasswordCost, hashPassword, verifyPassword } from './password.ts';

const salt = Buffer.alloc(16, 7);
const cheap = { logN: 4, blockSize: 1, parallelism: 1 };

describe('a password hash', () => {
  it('knows its password, its parameters, and no other password', async () => {
    const stored = await hashPassword('pässword', salt, cheap);
    expect(stored).toMatch(/^scrypt\$ln=4,r=1,p=1\$/);
    expect(await verifyPassword('pässword', stored)).toBe(true);
    expect(await verifyPassword('pässword '.normalize('NFD').trim(), stored)).toBe(true);
    expect(await verifyPassword('passwort', stored)).toBe(false);
  });

  it('is different for another salt', async () => {
    expect(await hashPassword('x', salt, cheap)).not.toBe(await hashPassword('x', Buffer.alloc(16, 8), cheap));
  });

  it.each(['', 'plain', 'scrypt$ln=4,r=1,p=1$AAAA$', 'bcrypt$ln=4,r=1,p=1$AAAA$AAAA'])(
    'is not "%s"',
    async (stored) => {
      expect(await verifyPassword('', stored)).toBe(false);
    },
  );

  it('can be made with the parameters of production', async () => {
    const stored = await hashPassword('x', salt, defaultPasswordCost);
    expect(await verifyPassword('x', stored)).toBe(true);
  });
});
