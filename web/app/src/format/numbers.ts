/** "4,218". */
export const countWords = (count: number): string => count.toLocaleString('en');

/** "3 flows", "1 flow", "no flows". */
export function plural(count: number, one: string, many = `${one}s`): string {
  if (count === 0) return `no ${many}`;
  return count === 1 ? `1 ${one}` : `${countWords(count)} ${many}`;
}

/** "99.3 %"; never "100 %" while something failed, never "0 %" while something succeeded. */
export function percentWords(part: number, whole: number): string {
  if (whole === 0) return '';
  const percent = (part / whole) * 100;
  if (part === whole) return '100 %';
  return `${Math.min(99.9, Math.max(part === 0 ? 0 : 0.1, percent)).toFixed(1)} %`;
}
