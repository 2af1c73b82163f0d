/** An SVG with the first letters of a name, for connectors without an icon of their own. */
export function letterIcon(name: string): string {
  const letters = name
    .split(/\s+/)
    .map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
  const text = `<text x="12" y="16" font-family="sans-serif" font-size="11" text-anchor="middle" fill="currentColor">${letters}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${text}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

const tiles = ['slate', 'blue', 'teal', 'green', 'amber', 'rose', 'violet', 'clay'];

/** A tile colour that stays the same for a name. */
export function tileOf(name: string): string {
  const sum = Buffer.from(name).reduce((total, byte) => total + byte, 0);
  return tiles[sum % tiles.length] ?? 'slate';
}
