import type { AuditEntry } from '@patchbay/api-contract/client';
import { html } from 'lit';
import { exactTime, timeAgo } from '../format/time.ts';
import type { Column } from '../ui/table/table.ts';
import { actionWords, changeWords } from './audit-words.ts';

const when: Column<AuditEntry> = {
  id: 'at',
  label: 'When',
  render: ({ at }) => html`<time class="nowrap" datetime=${at} title=${exactTime(at)}>${timeAgo(at)}</time>`,
};
const who: Column<AuditEntry> = { id: 'actor', label: 'Who', render: ({ actor }) => actor };
const target: Column<AuditEntry> = {
  id: 'target',
  label: 'With',
  render: ({ target: thing }) => html`${thing.name} <span class="t3 small">${thing.kind}</span>`,
};
const change: Column<AuditEntry> = { id: 'change', label: 'Change', render: (entry) => changeWords(entry) };
const reason: Column<AuditEntry> = {
  id: 'reason',
  label: 'Reason',
  isMinor: true,
  render: ({ reason: words }) => words ?? '',
};
const did = (wordsOf: (action: string) => string): Column<AuditEntry> => ({
  id: 'action',
  label: 'Did',
  render: ({ action }) => html`<span class="main">${wordsOf(action)}</span>`,
});

/** Columns of the audit log: who did what to which thing, when and why. */
export const auditColumns: readonly Column<AuditEntry>[] = [when, who, did(actionWords), target, change, reason];

/** The same for the history of one connector: the thing is known, and so is its kind. */
export const connectorAuditColumns: readonly Column<AuditEntry>[] = [
  ...[when, who, did((action) => actionWords(action.replace(/^connector_/, '')))],
  ...[change, { ...reason, isMinor: false }],
];
