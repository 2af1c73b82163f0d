import type { AuditEntry } from '@patchbay/api-contract/client';

/** "version 1.0.0: draft to published"; what is known of the change, in words. */
export function changeWords({ version, from, to }: AuditEntry): string {
  const change = from === undefined || to === undefined ? (to ?? from ?? '') : `${from} to ${to}`;
  if (version === undefined) return change;
  return change === '' ? `version ${version}` : `version ${version}: ${change}`;
}

/** "republish": "Republish"; "ask_review": "Ask review". */
export function actionWords(action: string): string {
  const words = action.replace(/[_.]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** First instant of a day that a date field gave; undefined for an empty or odd one. */
export function startOfDay(day: string): string | undefined {
  const date = new Date(`${day}T00:00:00`);
  return day === '' || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** First instant after a day. */
export function endOfDay(day: string): string | undefined {
  const start = startOfDay(day);
  if (start === undefined) return undefined;
  const next = new Date(start);
  next.setDate(next.getDate() + 1);
  return next.toISOString();
}
