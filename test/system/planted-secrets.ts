import { randomBytes } from 'node:crypto';

/** What to look for: a secret by its name, in every way it may be written. */
export interface PlantedSecret {
  readonly name: string;
  readonly value: string;
}

/** A secret of 40 characters and more with characters that URLs and JSON write differently; legal in a header. */
export function plant(name: string): PlantedSecret {
  return { name, value: `${randomBytes(16).toString('hex')}+/"${randomBytes(9).toString('hex')}` };
}

/** Finds planted secrets in whatever may hold them. */
export interface SecretScanner {
  add(secret: PlantedSecret): void;
  /** Names of the secrets that stand in the text or bytes, whole or at least 16 characters of them, and how they are written. */
  find(content: string | Uint8Array): string[];
}

interface Needle {
  readonly found: string;
  readonly bytes: Buffer;
}

/** Makes a scanner that knows no secret yet. */
export function createSecretScanner(): SecretScanner {
  const needles: Needle[] = [];
  return {
    add: ({ name, value }) => {
      for (const [form, text] of writtenForms(value)) {
        needles.push({ found: `${name} (${form})`, bytes: Buffer.from(text) });
      }
    },
    find: (content) => {
      const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
      return needles.filter((needle) => bytes.includes(needle.bytes)).map(({ found }) => found);
    },
  };
}

const pieceLength = 16;

function writtenForms(value: string): [string, string][] {
  const bytes = Buffer.from(value);
  const pieces = [value.slice(0, pieceLength), value.slice(-pieceLength)];
  return [
    ['as it stands', value],
    ...pieces.map((piece): [string, string] => ['a part', piece]),
    ['URL-encoded', encodeURIComponent(value)],
    ['JSON-escaped', JSON.stringify(value).slice(1, -1)],
    ...base64Forms(bytes),
    ['hex', bytes.toString('hex')],
    ['hex in capitals', bytes.toString('hex').toUpperCase()],
  ];
}

/** Base64 of a text that holds the secret: three ways, by where the secret begins; the blurred ends are left out. */
function base64Forms(bytes: Buffer): [string, string][] {
  return [0, 1, 2].flatMap((shift) => {
    const inner = bytes.subarray((3 - shift) % 3);
    const whole = inner.subarray(0, inner.length - (inner.length % 3));
    return [
      ['base64', whole.toString('base64')] as [string, string],
      ['base64url', whole.toString('base64url')] as [string, string],
    ];
  });
}
