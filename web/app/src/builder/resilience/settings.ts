import type { ResilienceDefinition } from '@patchbay/manifest';

/** Name of one of the seven settings. */
export type SettingName = keyof ResilienceDefinition;

/** One setting: label of the requirements, what it does, its default and limits (DI-51 to DI-57). */
export interface Setting {
  readonly name: SettingName;
  readonly label: string;
  readonly about: string;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  readonly isWhole: boolean;
}

/** What holds when nobody says anything else. */
export const defaultResilience: ResilienceDefinition = {
  timeout_s: 30,
  max_retries: 3,
  retry_delay_s: 1,
  backoff: 'exponential',
  rate_limit_per_min: 60,
  breaker_threshold: 5,
  breaker_recovery_s: 30,
};

/** Choices of the backoff. */
export const backoffs = [
  { value: 'none', label: 'None' },
  { value: 'linear', label: 'Linear' },
  { value: 'exponential', label: 'Exponential' },
] as const satisfies readonly { value: ResilienceDefinition['backoff']; label: string }[];

const setting = (
  name: SettingName,
  words: readonly [label: string, about: string, unit: string],
  limits: readonly [least: number, most: number, kind: 'whole' | 'any'],
): Setting => {
  const [label, about, unit] = words;
  const [least, most, kind] = limits;
  return { name, label, about, unit, least, most, isWhole: kind === 'whole' };
};

/** The settings that are numbers, by place: three stand before the backoff, three after it. */
export const numberSettings: readonly Setting[] = [
  setting('timeout_s', ['Timeout', 'Longest wait for an answer.', 's'], [0.1, 86_400, 'any']),
  setting('max_retries', ['Max Retries', 'Attempts after the first.', 'times'], [0, 100, 'whole']),
  setting('retry_delay_s', ['Retry Delay', 'Before the second attempt.', 's'], [0, 3_600, 'any']),
  setting('rate_limit_per_min', ['Rate Limit', 'Calls per minute.', '/ min'], [1, 1_000_000, 'whole']),
  setting('breaker_threshold', ['Circuit Breaker Threshold', 'Failures in a row.', 'times'], [1, 1_000, 'whole']),
  setting('breaker_recovery_s', ['Circuit Breaker Recovery', 'Then one call is let through.', 's'], [1, 86_400, 'any']),
];

/** The default as the help says it: "Default 30 s". */
export function defaultWords({ name, unit }: Pick<Setting, 'name' | 'unit'>): string {
  const value = String(defaultResilience[name]);
  return unit === 's' ? `Default ${value} s` : `Default ${value}`;
}

/** Reads what was typed: a number within the limits, or what is wrong with it. */
export function readSetting(text: string, { least, most, isWhole }: Setting): number | { readonly problem: string } {
  const value = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(value)) return { problem: 'Give a number.' };
  if (value < 0 && least >= 0) return { problem: 'No negative numbers.' };
  if (value < least) return { problem: `At least ${least}.` };
  if (value > most) return { problem: `At most ${most.toLocaleString('en')}.` };
  return isWhole && !Number.isInteger(value) ? { problem: 'Give a whole number.' } : value;
}
