import { definitionsOf, type FunctionCall, type FunctionRow } from './function-row.ts';

const define = definitionsOf('number');

/**
 * Rounds half away from zero on the decimal digits a person sees: 1.005 to two digits is 1.01. Going through the
 * exponent notation avoids the binary error of multiplying by 100.
 */
export function roundTo(value: number, digits: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return value;
  const [mantissa = '0', exponent = '0'] = String(Math.abs(value)).split('e');
  const shifted = Math.round(Number(`${mantissa}e${String(Number(exponent) + digits)}`));
  const [whole = '0', power = '0'] = String(shifted).split('e');
  return Math.sign(value) * Number(`${whole}e${String(Number(power) - digits)}`) || 0;
}

function formatNumber(call: FunctionCall): string {
  const digits = call.count(1, { least: 0, most: 20, fallback: 0 });
  const [thousands, decimal] = [call.text(2, ','), call.text(3, '.')];
  const [whole = '0', fraction = ''] = Math.abs(roundTo(call.number(0), digits))
    .toFixed(digits)
    .split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, thousands);
  const sign = roundTo(call.number(0), digits) < 0 ? '-' : '';
  return sign + grouped + (fraction === '' ? '' : decimal + fraction);
}

export const numberFunctions: readonly FunctionRow[] = [
  define('round(number: number, digits?: number): number', {
    doc: 'Rounds to a number of digits after the point; half is rounded away from zero.',
    example: 'round(1.005, 2)',
    result: 1.01,
    call: (call) => roundTo(call.number(0), call.count(1, { least: 0, most: 15, fallback: 0 })),
  }),
  define('floor(number: number): number', {
    doc: 'The next whole number below.',
    example: 'floor(2.7)',
    result: 2,
    call: (call) => Math.floor(call.number(0)),
  }),
  define('ceil(number: number): number', {
    doc: 'The next whole number above.',
    example: 'ceil(2.1)',
    result: 3,
    call: (call) => Math.ceil(call.number(0)),
  }),
  define('abs(number: number): number', {
    doc: 'The number without its sign.',
    example: 'abs(-3)',
    result: 3,
    call: (call) => Math.abs(call.number(0)),
  }),
  define('clamp(number: number, least: number, most: number): number', {
    doc: 'Keeps a number between two bounds.',
    example: 'clamp(12, 0, 10)',
    result: 10,
    call: (call) => Math.min(Math.max(call.number(0), call.number(1)), call.number(2)),
  }),
  define('format_number(number: number, digits?: number, thousands?: text, decimal?: text): text', {
    doc: 'Writes a number with a fixed count of digits and separators.',
    example: 'format_number(1234.5, 2, ".", ",")',
    result: '1.234,50',
    call: formatNumber,
  }),
];
