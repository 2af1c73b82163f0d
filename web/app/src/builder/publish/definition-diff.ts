import type { Connector } from '@patchbay/api-contract/client';
import { isSame } from '../shell/merge-patch.ts';
import { diffAuth } from './auth-diff.ts';
import { diffOperations } from './operation-diff.ts';

/** The versioned part of a connector. */
export type Definition = Pick<Connector, 'base_url' | 'auth_scheme' | 'operations' | 'resilience'>;

/** One change between two versions, in words. */
export interface DefinitionChange {
  readonly kind: 'added' | 'changed' | 'removed';
  /** What it is about, for example "Operation Get weather". */
  readonly subject: string;
  /** A name in code, shown as such. */
  readonly code?: string;
  /** From what to what. */
  readonly detail: string;
  /** A flow that uses it may stop working. */
  readonly isBreaking: boolean;
}

/** Everything that is different between two versions of a connector, by meaning. */
export function diffDefinitions(before: Definition, after: Definition): readonly DefinitionChange[] {
  return [
    ...diffOperations(before.operations ?? [], after.operations ?? []),
    ...diffBaseUrl(before, after),
    ...(before.auth_scheme === undefined || after.auth_scheme === undefined
      ? []
      : diffAuth(before.auth_scheme, after.auth_scheme)),
    ...diffResilience(before.resilience, after.resilience),
  ];
}

/** "4 changes, none breaks a flow". */
export function diffSummary(changes: readonly DefinitionChange[]): string {
  if (changes.length === 0) return 'no changes';
  const count = changes.length === 1 ? '1 change' : `${changes.length} changes`;
  const breaking = changes.filter((change) => change.isBreaking).length;
  return `${count}, ${breaking === 0 ? 'none' : breaking} may break a flow`;
}

function diffBaseUrl({ base_url: was = '' }: Definition, { base_url: is = '' }: Definition): DefinitionChange[] {
  if (was === is) return [];
  return [{ kind: 'changed', subject: 'Base URL', detail: `${shown(was)} to ${shown(is)}`, isBreaking: false }];
}

type Resilience = NonNullable<Definition['resilience']>;

const settings: readonly (readonly [keyof Resilience, string, string])[] = [
  ['timeout_s', 'Timeout', ' s'],
  ['max_retries', 'Max Retries', ''],
  ['retry_delay_s', 'Retry Delay', ' s'],
  ['backoff', 'Retry Backoff', ''],
  ['rate_limit_per_min', 'Rate Limit', ' calls per minute'],
  ['breaker_threshold', 'Circuit Breaker Threshold', ' failures'],
  ['breaker_recovery_s', 'Circuit Breaker Recovery', ' s'],
];

function diffResilience(before: Resilience | undefined, after: Resilience | undefined): DefinitionChange[] {
  if (before === undefined || after === undefined) return [];
  return settings
    .filter(([name]) => !isSame(before[name], after[name]))
    .map(([name, subject, unit]) => ({
      ...{ kind: 'changed', subject, isBreaking: false },
      detail: `${before[name]}${unit} to ${after[name]}${unit}`,
    }));
}

const shown = (text: string): string => (text === '' ? 'nothing' : text);
