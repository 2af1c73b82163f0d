import type { ConnectorSummary } from '@patchbay/api-contract/client';
import { plural } from '../../format/numbers.ts';
import type { MenuItem } from '../../ui/menu/menu.ts';

/** What a card may offer, by the name of the action that decides about it. */
interface Entry {
  readonly action: string;
  readonly item: MenuItem;
}

/** These refusals mean that an entry makes no sense for this person or stage: it is not shown at all (ZO-12). */
const hidden: ReadonlySet<string> = new Set([
  'forbidden_role',
  'connector_not_ready',
  'connector_not_found',
  'invalid_transition',
  'builtin_undeletable',
  'scope_not_allowed',
]);

function entriesOf({ connection_count: count }: ConnectorSummary): Entry[] {
  const uses = count === 0 ? {} : { hint: `Used by ${plural(count, 'connection')}` };
  return [
    { action: 'edit', item: { id: 'edit', label: 'Edit Connector', icon: 'pencil', shortcut: 'E' } },
    { action: 'add_connection', item: { id: 'add_connection', label: 'Add Connection', icon: 'plus' } },
    {
      action: 'references',
      item: { id: 'references', label: 'References', icon: 'link', ...(count > 0 && { shortcut: String(count) }) },
    },
    { action: 'lifecycle', item: { id: 'lifecycle', label: 'Lifecycle', icon: 'history' } },
    { action: 'new_version', item: { id: 'new_version', label: 'New version', icon: 'copy' } },
    {
      action: 'deprecate',
      item: { id: 'deprecate', label: 'Deprecate…', icon: 'arrow-down', hasLineAbove: true },
    },
    { action: 'disable', item: { id: 'disable', label: 'Disable…', icon: 'power-off' } },
    { action: 'enable', item: { id: 'enable', label: 'Enable', icon: 'power' } },
    {
      action: 'delete',
      item: { id: 'delete', label: 'Delete', icon: 'trash-2', isDanger: true, hasLineAbove: true, ...uses },
    },
  ];
}

/**
 * The menu of a card: what the caller may do, and with its reason what only this state forbids. 'Open' stands first where
 * there is nothing to edit.
 */
export function cardMenu(connector: ConnectorSummary): MenuItem[] {
  const items = entriesOf(connector).flatMap(({ action, item }): MenuItem[] => {
    // A page for everybody who sees the connector.
    if (action === 'lifecycle') return [item];
    const answer = connector.actions[action];
    if (answer === undefined) return [];
    if (answer.allowed) return [item];
    if (hidden.has(answer.code ?? '')) return [];
    return [{ ...item, disabled: true, isDanger: false, hint: answer.reason ?? 'Not possible now.' }];
  });
  const isEditable = items.some(({ id, disabled }) => id === 'edit' && !disabled);
  return isEditable ? items : [{ id: 'open', label: 'Open', icon: 'blocks' }, ...items];
}
