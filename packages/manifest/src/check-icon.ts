/** Markup that may run code or call out when an SVG is shown outside an `<img>`. */
const forbiddenMarkup =
  /<\s*(script|foreignobject|iframe|embed|object|animate|set)\b|\son[a-z]+\s*=|javascript:|<!(entity|doctype)|(href|src)\s*=\s*["']?\s*(?!#|["'\s])/i;

/** What is wrong with an icon given as a data URI, or undefined. PNG and plain, passive SVG are accepted. */
export function checkIcon(dataUri: string): string | undefined {
  const match = /^data:image\/(svg\+xml|png)(;charset=utf-8)?(;base64)?,(.*)$/is.exec(dataUri);
  if (match === null) return 'The icon must be a PNG or SVG as a data URI.';
  const [, type, , isBase64, body = ''] = match;
  if (type === 'png') return isBase64 === undefined ? 'A PNG icon must be base64.' : undefined;
  const markup = decodeMarkup(body, isBase64 !== undefined);
  if (markup === undefined || !/<svg[\s>]/i.test(markup)) return 'The icon is not an SVG image.';
  return forbiddenMarkup.test(markup) ? 'The SVG icon holds scripts, handlers or outside links.' : undefined;
}

function decodeMarkup(body: string, isBase64: boolean): string | undefined {
  try {
    return isBase64 ? atob(body) : decodeURIComponent(body);
  } catch {
    return undefined;
  }
}
