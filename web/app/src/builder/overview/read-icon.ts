/** A chosen picture, or the reason why it cannot be used. */
export type IconChoice = { readonly dataUri: string } | { readonly problem: string };

/** What a connector stores: a data URI of at most this many characters. */
const mostCharacters = 65_536;
const mostBytes = Math.floor((mostCharacters * 3) / 4) - 64;
const pngHead = [0x89, 0x50, 0x4e, 0x47];

/**
 * Reads a file as an icon (DI-10): PNG by its first bytes, SVG by its root element, whatever the file is called. The server
 * checks and cleans it once more.
 */
export async function readIcon(file: Blob & { readonly name?: string }): Promise<IconChoice> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isPng = pngHead.every((byte, index) => bytes[index] === byte);
  const isSvg = !isPng && /<svg[\s>]/i.test(new TextDecoder().decode(bytes.subarray(0, 4_096)));
  if (!isPng && !isSvg) {
    return { problem: `${kindOf(file)} cannot be an icon. Choose a PNG or an SVG, best 64 × 64 pixels.` };
  }
  if (bytes.length > mostBytes) {
    const size = Math.ceil(bytes.length / 1_024);
    return {
      problem: `This picture has ${size} KB, at most ${Math.floor(mostBytes / 1_024)} KB are possible. 64 × 64 pixels are enough.`,
    };
  }
  return { dataUri: `data:image/${isPng ? 'png' : 'svg+xml'};base64,${toBase64(bytes)}` };
}

function kindOf(file: Blob & { readonly name?: string }): string {
  const ending = /\.([a-z0-9]{2,5})$/i.exec(file.name ?? '')?.[1]?.toUpperCase();
  return ending === undefined || ending === 'PNG' || ending === 'SVG' ? 'This file' : `A ${ending} file`;
}

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
