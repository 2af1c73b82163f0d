import type { ConnectorVersionView } from '@patchbay/api-contract/client';
import { describe, expect, it } from 'vitest';
import { allowedActions, lifecycleEntries } from './lifecycle-actions.ts';

const yes = { allowed: true };
const no = (code: string, reason: string = code) => ({ allowed: false, code, reason });
type View = Parameters<typeof lifecycleEntries>[0];
const viewOf = (stage: ConnectorVersionView['stage'], actions: View['actions'], fields: Partial<View> = {}): View => ({
  ...{ stage, actions, has_pending_changes: false, review: 'none' },
  ...fields,
});

describe('what can be done with a version', () => {
  it('possible first, then the rest with what the API says, or the stages that it takes', () => {
    const actions = {
      publish: yes,
      ready: yes,
      retire: no('invalid_transition'),
      new_version: no('x', 'A draft is there.'),
    };
    const entries = lifecycleEntries(viewOf('draft', actions));
    expect(entries.slice(0, 2).map(({ action, refusal }) => [action, refusal])).toEqual([
      ['publish', undefined],
      ['ready', undefined],
    ]);
    const refusalOf = (wanted: string) => entries.find(({ action }) => action === wanted)?.refusal;
    expect(refusalOf('retire')).toBe('Possible once it is deprecated.');
    expect(refusalOf('new_version')).toBe('A draft is there.');
  });

  it('shows one side of a switch, and nothing that would change nothing', () => {
    const actions = Object.fromEntries(
      ['block', 'unblock', 'republish', 'publish', 'withdraw_review', 'withdraw_prerelease'].map((name) => [name, yes]),
    );
    const published = lifecycleEntries(viewOf('published', actions)).filter(({ refusal }) => refusal === undefined);
    expect(published.map(({ action }) => action)).toEqual(['widen', 'block']);
    expect(allowedActions(viewOf('blocked', actions))).toEqual(['unblock']);
    expect(allowedActions(viewOf('published', actions, { has_pending_changes: true }))).toContain('republish');
  });

  it('leaves the first publication to the builder', () => {
    expect(allowedActions(viewOf('ready', { publish: yes, prerelease: yes }))).toEqual(['prerelease']);
  });
});
