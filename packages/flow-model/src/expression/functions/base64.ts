/** Base64 without `btoa` and `Buffer`: neither exists in the workflow sandbox. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Writes bytes as padded base64. */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const group = (a << 16) | (b << 8) | c;
    const signs = [group >> 18, (group >> 12) & 63, (group >> 6) & 63, group & 63].map(
      (index) => alphabet[index] ?? '',
    );
    const count = Math.min(3, bytes.length - i) + 1;
    parts.push(signs.slice(0, count).join('').padEnd(4, '='));
  }
  return parts.join('');
}

/** Reads base64, plain or URL-safe, with or without padding. Throws on anything else. */
export function decodeBase64(text: string): Uint8Array {
  const signs = text.replace(/\s/g, '').replace(/=+$/, '').replace(/-/g, '+').replace(/_/g, '/');
  if (/[^A-Za-z0-9+/]/.test(signs) || signs.length % 4 === 1) throw new RangeError('not base64');
  const bytes = new Uint8Array(Math.floor((signs.length * 3) / 4));
  let buffer = 0;
  let bits = 0;
  let position = 0;
  for (const sign of signs) {
    buffer = ((buffer << 6) | alphabet.indexOf(sign)) & 0xffff;
    bits += 6;
    if (bits >= 8) bytes[position++] = (buffer >> (bits -= 8)) & 255;
  }
  return bytes;
}
