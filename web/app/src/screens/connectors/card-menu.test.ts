import type { ConnectorSummary } from '@patchbay/api-contract/client';
import { describe, expect, it } from 'vitest';
import { cardMenu } from './card-menu.ts';

const yes = { allowed: true };
const no = (code: string, reason = code) => ({ allowed: false, code, reason });
const menuOf = (actions: ConnectorSummary['actions'], count = 0) =>
  cardMenu({ actions, connection_count: count } as ConnectorSummary);

describe('the menu of a card', () => {
  it('offers what is allowed and leaves out what makes no sense in this stage', () => {
    const menu = menuOf({
      ...{ edit: yes, delete: yes, disable: yes, enable: no('invalid_transition') },
      ...{ add_connection: no('connector_not_ready'), references: no('connector_not_ready') },
    });
    expect(menu.map(({ label }) => label)).toEqual(['Edit Connector', 'Lifecycle', 'Disable…', 'Delete']);
    expect(menu.some(({ disabled }) => disabled)).toBe(false);
  });

  it('shows with its reason what only the present state forbids', () => {
    const [edit, version] = menuOf({
      edit: no('version_immutable', 'Make a new version.'),
      new_version: no('draft_exists', 'A draft is there.'),
    });
    expect(edit).toMatchObject({ id: 'open' });
    expect(version).toMatchObject({ id: 'edit', disabled: true, hint: 'Make a new version.' });
  });

  it('offers a reader to open it, and tells how many connections stand in the way of deletion', () => {
    expect(menuOf({ edit: no('forbidden_role'), references: yes }).map(({ id }) => id)).toEqual([
      ...['open', 'references', 'lifecycle'],
    ]);
    const used = menuOf({ edit: yes, delete: yes, references: yes }, 3);
    const told = used.flatMap(({ hint, shortcut }) => hint ?? shortcut ?? []);
    expect(told).toEqual(['E', '3', 'Used by 3 connections']);
  });
});
