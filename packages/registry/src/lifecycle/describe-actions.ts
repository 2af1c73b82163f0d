import type { ConnectorSummary } from '@patchbay/api-contract';
import { errorCodes } from '@patchbay/errors';
import type { Caller } from '../caller.ts';
import type { ConnectorState } from '../connector/connector-state.ts';
import { readerOf } from '../connector/reader.ts';
import { decide } from './decide.ts';
import { lifecycleActions, type ActionInput, type LifecycleAction } from './lifecycle-action.ts';
import { refuseConnecting } from './refuse-connecting.ts';

type Actions = ConnectorSummary['actions'];
type ActionState = Actions[string];

/** Entries of a menu that are no transitions. */
const otherEntries = ['add_connection', 'references', 'test'] as const;

/**
 * Which lifecycle entries the caller may use now, and why not the others: for cards, menus and the list of versions. What only
 * the action itself finds out, such as references and the checklist, does not count here.
 */
export function describeActions(state: ConnectorState, caller: Caller, version?: string): Actions {
  const entries: Actions = {};
  for (const action of lifecycleActions) entries[action] = describe(action, { state, caller, version });
  for (const entry of otherEntries) entries[entry] = describeOther(entry, state, caller);
  return entries;
}

interface Subject {
  readonly state: ConnectorState;
  readonly caller: Caller;
  readonly version: string | undefined;
}

function describe(action: LifecycleAction, { state, caller, version }: Subject): ActionState {
  const audiences =
    action === 'publish' || action === 'prerelease' ? (['enterprise', 'catalogue'] as const) : [undefined];
  const answers = audiences.map((visibility) => {
    const input: ActionInput = { version, visibility };
    return decide(
      { action, state, caller, input, facts: { now: new Date(0), holdsConnection: true } },
      'without_content',
    );
  });
  if (answers.some((answer) => answer.isAllowed)) return { allowed: true };
  // The most telling refusal: a stage that does not fit says more than an audience that is not the caller's.
  const refusals = answers.flatMap((answer) => (answer.isAllowed ? [] : [answer.refusal]));
  const refusal = refusals.find(({ code }) => code !== 'scope_not_allowed') ?? refusals[0];
  if (refusal === undefined) return { allowed: false };
  return { allowed: false, code: refusal.code, reason: refusal.message ?? errorCodes[refusal.code].message };
}

const allowed: ActionState = { allowed: true };
const because = (code: keyof typeof errorCodes, reason: string = errorCodes[code].message): ActionState => ({
  allowed: false,
  code,
  reason,
});

function describeOther(entry: (typeof otherEntries)[number], state: ConnectorState, caller: Caller): ActionState {
  if (entry === 'test') return describe('edit', { state, caller, version: undefined });
  if (state.head.stage === 'draft') return because('connector_not_ready');
  return entry === 'references' ? allowed : describeConnecting(state, caller);
}

/** 4.2, column "new connection". */
function describeConnecting(state: ConnectorState, caller: Caller): ActionState {
  if (caller.role !== 'enterprise_admin' && caller.role !== 'developer') return because('forbidden_role');
  const refusal = refuseConnecting(state, readerOf(caller, [state.identity.slug]), 'create');
  return refusal === undefined ? allowed : because(refusal);
}
