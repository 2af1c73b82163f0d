import type { GlyphName } from '../glyph/glyph.ts';
import type { IconName } from '../icon/icon-names.ts';

/** How one value of a facet looks: always a mark and a word, the colour only repeats them. */
export interface StateLook {
  readonly word: string;
  readonly tone: 'neutral' | 'success' | 'warning' | 'danger' | 'running' | 'accent' | 'outline' | 'dashed' | 'struck';
  readonly glyph?: GlyphName;
  readonly icon?: IconName;
  readonly isDot?: boolean;
  /** The normal case: plain text in tables, so that exceptions stand out. */
  readonly isNormal?: boolean;
}

/** All state badges (web.md 4.5), by facet and by the value the API gives. */
export const stateFacets = {
  run: {
    queued: { word: 'Queued', tone: 'neutral', glyph: 'queued', isNormal: true },
    running: { word: 'Running', tone: 'running', glyph: 'running', isNormal: true },
    succeeded: { word: 'Succeeded', tone: 'success', glyph: 'succeeded', isNormal: true },
    failed: { word: 'Failed', tone: 'danger', glyph: 'failed' },
    cancelled: { word: 'Cancelled', tone: 'neutral', glyph: 'cancelled', isNormal: true },
  },
  step: {
    pending: { word: 'Not yet', tone: 'neutral', glyph: 'queued', isNormal: true },
    running: { word: 'Running', tone: 'running', glyph: 'running', isNormal: true },
    waiting: { word: 'Waiting', tone: 'running', glyph: 'waiting', isNormal: true },
    retrying: { word: 'Retrying', tone: 'warning', glyph: 'retrying' },
    succeeded: { word: 'Succeeded', tone: 'success', glyph: 'succeeded', isNormal: true },
    failed: { word: 'Failed', tone: 'danger', glyph: 'failed' },
    skipped: { word: 'Skipped', tone: 'neutral', glyph: 'skipped', isNormal: true },
    cancelled: { word: 'Cancelled', tone: 'neutral', glyph: 'cancelled', isNormal: true },
  },
  flow: {
    draft: { word: 'Draft', tone: 'dashed', icon: 'pencil' },
    live: { word: 'Live', tone: 'success', isDot: true },
    live_with_changes: { word: 'Live', tone: 'success', isDot: true },
    off: { word: 'Off', tone: 'neutral', icon: 'power-off' },
  },
  authorization: {
    unauthorized: { word: 'Not authorised', tone: 'neutral', icon: 'key-round', isNormal: true },
    authorized: { word: 'Authorised', tone: 'success', icon: 'check', isNormal: true },
    reauth_required: { word: 'Reconnect needed', tone: 'warning', icon: 'key-round' },
    revoked: { word: 'Revoked', tone: 'danger', icon: 'key-round' },
    disabled: { word: 'Disabled', tone: 'neutral', icon: 'power-off', isNormal: true },
  },
  health: {
    unchecked: { word: 'Unchecked', tone: 'neutral', icon: 'circle-dashed', isNormal: true },
    healthy: { word: 'Healthy', tone: 'success', isDot: true, isNormal: true },
    degraded: { word: 'Degraded', tone: 'warning', icon: 'triangle-alert' },
    offline: { word: 'Offline', tone: 'danger', icon: 'unplug' },
  },
  stage: {
    draft: { word: 'Draft', tone: 'dashed', icon: 'pencil' },
    ready: { word: 'Ready', tone: 'accent', icon: 'check' },
    pre_released: { word: 'Pre-release', tone: 'outline', icon: 'flask-conical' },
    published: { word: 'Published', tone: 'success', isDot: true },
    blocked: { word: 'Blocked', tone: 'danger', icon: 'ban' },
    deprecated: { word: 'Deprecated', tone: 'warning', icon: 'arrow-down' },
    retired: { word: 'Retired', tone: 'struck' },
  },
} as const satisfies Record<string, Record<string, StateLook>>;

/** Name of a facet. */
export type StateFacet = keyof typeof stateFacets;

/** The look of a value; a value of a newer server is shown as it is, in neutral. */
export function lookOf(facet: StateFacet, value: string): StateLook {
  const looks: Readonly<Record<string, StateLook>> = stateFacets[facet];
  return looks[value] ?? { word: value, tone: 'neutral', icon: 'info' };
}
