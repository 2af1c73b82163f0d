import { decodeBase64, encodeBase64 } from './base64.ts';
import { definitionsOf, type FunctionCall, type FunctionRow } from './function-row.ts';
import { sha256 } from './sha256.ts';

const define = definitionsOf('encode');

function guarded(call: FunctionCall, message: string, work: () => string): string {
  try {
    return work();
  } catch {
    throw call.fail(message, 0);
  }
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const encodeFunctions: readonly FunctionRow[] = [
  define('base64(text: text): text', {
    doc: 'Writes a text in base64 (UTF-8).',
    example: 'base64("héllo")',
    result: 'aMOpbGxv',
    call: (call) => {
      call.spend(call.text(0).length);
      return encodeBase64(new TextEncoder().encode(call.text(0)));
    },
  }),
  define('parse_base64(text: text): text', {
    doc: 'Reads a base64 text (UTF-8).',
    example: 'parse_base64("aMOpbGxv")',
    result: 'héllo',
    call: (call) => {
      call.spend(call.text(0).length);
      return guarded(call, 'is not valid base64 text.', () =>
        new TextDecoder('utf-8', { fatal: true }).decode(decodeBase64(call.text(0))),
      );
    },
  }),
  define('url_encode(text: text): text', {
    doc: 'Writes a text so that it can stand in an address.',
    example: 'url_encode("a b&c")',
    result: 'a%20b%26c',
    call: (call) => guarded(call, 'holds half a character.', () => encodeURIComponent(call.text(0))),
  }),
  define('url_decode(text: text): text', {
    doc: 'Reads a text that was written for an address.',
    example: 'url_decode("a%20b")',
    result: 'a b',
    call: (call) => guarded(call, 'is not valid.', () => decodeURIComponent(call.text(0))),
  }),
  define('html_escape(text: text): text', {
    doc: 'Writes a text so that it can stand in HTML.',
    example: 'html_escape("a < b")',
    result: 'a &lt; b',
    call: (call) => call.text(0).replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign),
  }),
  define('sha256(text: text): text', {
    doc: 'The SHA-256 digest of a text (UTF-8) in hexadecimal.',
    example: 'sha256("abc")',
    result: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    call: (call) => {
      call.spend(64 + call.text(0).length * 2);
      return sha256(new TextEncoder().encode(call.text(0)));
    },
  }),
];
