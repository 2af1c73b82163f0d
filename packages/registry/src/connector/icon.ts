import type { FieldProblem } from '@patchbay/errors';
import { AppError } from '@patchbay/errors';
import sanitizeHtml from 'sanitize-html';
import { tileOf } from '../definition/letter-icon.ts';
import type { ConnectorIdentity } from './connector-state.ts';

/** An icon as it is stored and as a page draws it. */
export interface ResolvedIcon {
  readonly icon: string;
  readonly image: ConnectorIdentity['image'];
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const iconKey = /^[A-Za-z0-9/][A-Za-z0-9_./:-]{0,199}$/;

/**
 * Reads an icon (DI-10, CO-06): a PNG or SVG as a data URI, a key such as `font_github`, or a URL. An SVG loses all that could run or call out.
 * A key is looked up in `assets.icons`. Throws `validation_error` for anything else.
 */
export function resolveIcon(
  given: { readonly icon: string; readonly name: string },
  assets: ConnectorIdentity['assets'],
): ResolvedIcon {
  const tile = tileOf(given.name);
  if (given.icon === '') return { icon: '', image: { tile } };
  if (/^data:/i.test(given.icon)) {
    const dataUri = cleanImage(given.icon);
    return { icon: dataUri, image: { dataUri, tile } };
  }
  if (/^https?:\/\//i.test(given.icon) && URL.canParse(given.icon)) return { icon: given.icon, image: { tile } };
  if (!iconKey.test(given.icon)) throw invalid('A PNG or SVG as a data URI, a key such as font_github, or a URL.');
  const asset = Object.hasOwn(assets.icons, given.icon) ? assets.icons[given.icon] : undefined;
  const dataUri = asset !== undefined && /^data:/i.test(asset) ? cleanImage(asset) : undefined;
  return { icon: given.icon, image: { ...(dataUri !== undefined && { dataUri }), tile } };
}

function cleanImage(dataUri: string): string {
  const match = /^data:image\/(png|svg\+xml)((?:;[a-z0-9=-]+)*?)(;base64)?,(.*)$/is.exec(dataUri);
  if (match === null) throw invalid('Only PNG and SVG images can be icons.');
  const [, type = '', , base64, body = ''] = match;
  const bytes = decode(body, base64 !== undefined);
  if (type.toLowerCase() === 'png') {
    if (!isPng(bytes)) throw invalid('This is not a PNG image.');
    return `data:image/png;base64,${bytes.toString('base64')}`;
  }
  return `data:image/svg+xml;base64,${Buffer.from(cleanSvg(bytes.toString())).toString('base64')}`;
}

function decode(body: string, isBase64: boolean): Buffer {
  try {
    return isBase64 ? Buffer.from(body, 'base64') : Buffer.from(decodeURIComponent(body));
  } catch {
    throw invalid('The data URI cannot be read.');
  }
}

/** Signature and the header chunk with a size; the rest is the business of the browser, which runs nothing of it. */
function isPng(bytes: Buffer): boolean {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(pngSignature)) return false;
  return bytes.toString('latin1', 12, 16) === 'IHDR' && bytes.readUInt32BE(16) > 0 && bytes.readUInt32BE(20) > 0;
}

const shapes = ['svg', 'g', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan'];
const paints = [
  'defs',
  'linearGradient',
  'radialGradient',
  'stop',
  'clipPath',
  'mask',
  'symbol',
  'use',
  'title',
  'desc',
];
const geometry = ['xmlns', 'viewBox', 'width', 'height', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry'];
const drawing = [
  'd',
  'points',
  'transform',
  'fill*',
  'stroke*',
  'opacity',
  'clip-*',
  'color',
  'id',
  'offset',
  'stop-*',
];
const lettering = ['font-*', 'text-anchor', 'dominant-baseline', 'dx', 'dy', 'letter-spacing'];
const references = [
  'mask',
  'maskUnits',
  'clipPathUnits',
  'gradientUnits',
  'gradientTransform',
  'spreadMethod',
  'fx',
  'fy',
];
const other = [
  'preserveAspectRatio',
  'role',
  'aria-*',
  'href',
  'xlink:href',
  'xmlns:xlink',
  'version',
  'vector-effect',
];

/** Leaves shapes, gradients and letters; takes scripts, handlers, styles, foreign content and outside links away. */
function cleanSvg(markup: string): string {
  const clean = sanitizeHtml(markup, {
    allowedTags: [...shapes, ...paints],
    allowedAttributes: { '*': [...geometry, ...drawing, ...lettering, ...references, ...other] },
    allowedSchemes: [],
    allowProtocolRelative: false,
    disallowedTagsMode: 'completelyDiscard',
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false },
    transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: insideOnly(attribs) }) },
  });
  if (!/^\s*<svg[\s>]/.test(clean)) throw invalid('The icon is not an SVG image.');
  return clean.trim();
}

/** References may lead inside the image only. */
function insideOnly(attributes: Record<string, string>): Record<string, string> {
  const isInside = ([name, value]: [string, string]): boolean =>
    /href$/i.test(name) ? value.trim().startsWith('#') : !/url\s*\(\s*(?!['"]?#)/i.test(value);
  return Object.fromEntries(Object.entries(attributes).filter(isInside));
}

function invalid(message: string): AppError {
  const fields: FieldProblem[] = [{ path: '/icon', message }];
  return new AppError('validation_error', { details: { fields } });
}
