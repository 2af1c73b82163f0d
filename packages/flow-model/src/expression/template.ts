/** `{{ }}` templates: where text ends and formulas begin. */
import { AppError } from '@patchbay/errors';

/** One part of a template; `start` is the 0-based offset of its text, or of the formula inside the braces. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string; readonly start: number }
  | { readonly kind: 'formula'; readonly formula: string; readonly start: number };

/** Longest template, in characters. */
export const maxTemplateLength = 64_000;

/**
 * Cuts a template into text and formulas. Braces and texts inside a formula may hold `}}`.
 * Throws `expression_syntax` when a `{{` has no `}}`.
 */
export function splitTemplate(source: string): TemplatePart[] {
  if (source.length > maxTemplateLength) {
    throw new AppError('expression_too_costly', {
      message: `A text with data may have ${String(maxTemplateLength)} characters.`,
      details: { column: 1, source: source.slice(0, 200) },
    });
  }
  const parts: TemplatePart[] = [];
  let position = 0;
  while (position < source.length) {
    const open = source.indexOf('{{', position);
    const textEnd = open === -1 ? source.length : open;
    if (textEnd > position) parts.push({ kind: 'text', text: source.slice(position, textEnd), start: position });
    if (open === -1) break;
    const close = findClose(source, open + 2);
    parts.push({ kind: 'formula', formula: source.slice(open + 2, close), start: open + 2 });
    position = close + 2;
  }
  return parts;
}

function findClose(source: string, from: number): number {
  let depth = 0;
  for (let i = from; i < source.length; i++) {
    const sign = source[i];
    if (sign === '"' || sign === "'") i = skipText(source, i, sign);
    else if (sign === '{') depth++;
    else if (sign === '}' && depth > 0) depth--;
    else if (sign === '}' && source[i + 1] === '}') return i;
  }
  throw new AppError('expression_syntax', {
    message: 'A "{{" has no "}}" after it.',
    details: { column: from - 1, source },
  });
}

function skipText(source: string, from: number, quote: string): number {
  for (let i = from + 1; i < source.length; i++) {
    if (source[i] === '\\') i++;
    else if (source[i] === quote) return i;
  }
  return source.length;
}
