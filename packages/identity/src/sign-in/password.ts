import { scrypt, timingSafeEqual } from 'node:crypto';

/** Parameters of scrypt; recorded with every hash, so that they can be raised later. */
export interface PasswordCost {
  /** Base-2 logarithm of the cost N. */
  readonly logN: number;
  readonly blockSize: number;
  readonly parallelism: number;
}

/** 32 MiB and about 0.2 s of one core: one of the settings OWASP names. */
export const defaultPasswordCost: PasswordCost = { logN: 15, blockSize: 8, parallelism: 3 };

const format = /^scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;

/** Hash of a password in the form `scrypt$ln=…,r=…,p=…$salt$hash`. `salt` is 16 random bytes. */
export async function hashPassword(password: string, salt: Buffer, cost: PasswordCost): Promise<string> {
  const hash = await derive(password, salt, cost);
  const parameters = `ln=${String(cost.logN)},r=${String(cost.blockSize)},p=${String(cost.parallelism)}`;
  return `scrypt$${parameters}$${salt.toString('base64url')}$${hash.toString('base64url')}`;
}

/** True if the password belongs to the hash. Takes as long for a wrong password as for the right one. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const parts = format.exec(stored);
  if (parts === null) return false;
  const [, logN, blockSize, parallelism, salt = '', expected = ''] = parts;
  const cost = { logN: Number(logN), blockSize: Number(blockSize), parallelism: Number(parallelism) };
  const actual = await derive(password, Buffer.from(salt, 'base64url'), cost);
  const wanted = Buffer.from(expected, 'base64url');
  return actual.length === wanted.length && timingSafeEqual(actual, wanted);
}

function derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  const N = 2 ** cost.logN;
  const options = { N, r: cost.blockSize, p: cost.parallelism, maxmem: 2 * 128 * N * cost.blockSize };
  return new Promise((resolve, reject) => {
    // NFKC: the same password typed on another keyboard gives the same bytes.
    scrypt(password.normalize('NFKC'), salt, 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
