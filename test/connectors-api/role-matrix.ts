/** requirements.md 4.1, 4.2 and 4.5 once more, written down by hand as data: what a test expects, without the code under test. */
import type { RouteId, Stage } from '@patchbay/api-contract';
import type { Condition } from './lifecycle-fixture.ts';

/** Who calls, seen from the owner of the connector. */
export type CallerKind = 'PA' | 'PA+EA' | 'EA+' | 'EA-' | 'DEV' | 'VW' | 'E2';
export type OwnerKind = 'tenant' | 'platform';

/** An action with everything it needs to be right. */
export interface MatrixAction {
  readonly name: string;
  readonly route: RouteId;
  readonly isOfVersion?: boolean;
  readonly body?: object;
  readonly right: Right;
  /** Stage and audience from which it works, and the stage it leads to; `-`: the stage stays. */
  readonly works: Readonly<Record<string, Stage | '-' | 'gone'>>;
  /** Refusals that are not `invalid_transition`. */
  readonly refused?: Readonly<Record<string, string>>;
}

type Right = 'author' | 'to enterprise' | 'to catalogue' | 'ask' | 'platform' | 'stop' | 'publisher' | 'force';

const confirm = true;
const published = ['published/enterprise', 'published/catalogue'];
const deprecated = ['deprecated/enterprise', 'deprecated/catalogue'];
const blocked = ['blocked/enterprise', 'blocked/catalogue'];
const preReleased = ['pre_released/enterprise', 'pre_released/catalogue'];
const retired = ['retired/enterprise', 'retired/catalogue'];
const pastDraft = ['ready/none', 'ready/unlisted', ...preReleased, ...published, ...blocked, ...deprecated, ...retired];
const all = ['draft/none', ...pastDraft];
const to = <Target extends string>(states: readonly string[], target: Target): Record<string, Target> =>
  Object.fromEntries(states.map((state) => [state, target]));

/** Every state a version can be in, by name. */
export const conditions: Readonly<Record<string, Condition>> = Object.fromEntries(
  all.map((name) => {
    const [stage, audience] = name.split('/') as [Stage, 'none' | 'enterprise' | 'catalogue' | 'unlisted'];
    if (audience === 'unlisted') return [name, { stage, visibility: 'none', wasPublic: true }];
    return [name, { stage, visibility: audience }];
  }),
);

/** States that a connector of the platform can be in: nothing of it is for one enterprise. */
export const platformStates = all.filter((name) => !name.endsWith('/enterprise'));

const onVersion = { isOfVersion: true } as const;
const publishFrom = ['draft/none', 'ready/none', 'ready/unlisted', 'pre_released/enterprise'];
const isPublic = to(['published/catalogue', 'ready/unlisted'], 'version_immutable');

export const matrixActions: readonly MatrixAction[] = [
  { name: 'T2 T4 T7 edit', route: 'updateConnector', body: { base_url: 'https://edited.example.com' }, right: 'author',
    works: to(['draft/none', 'ready/none', 'published/enterprise'], '-'), refused: isPublic },
  { name: 'T3 ready', route: 'readyConnector', right: 'author', works: to(['draft/none'], 'ready') },
  { name: 'T5 pre-release to the enterprise', route: 'prereleaseVersion', ...onVersion, body: { visibility: 'enterprise' },
    right: 'to enterprise', works: to(['ready/none', 'ready/unlisted'], 'pre_released') },
  { name: 'T5 pre-release to all', route: 'prereleaseVersion', ...onVersion, body: { visibility: 'catalogue' },
    right: 'to catalogue', works: to(['ready/none', 'ready/unlisted'], 'pre_released') },
  { name: 'T5 back', route: 'prereleaseVersion', ...onVersion, body: { withdraw: true }, right: 'publisher',
    works: to(preReleased, 'ready') },
  { name: 'T6 publish to the enterprise', route: 'publishConnector', body: { visibility: 'enterprise', confirm },
    right: 'to enterprise', works: to(publishFrom, 'published') },
  { name: 'T6 T8 publish to all', route: 'publishConnector', body: { visibility: 'catalogue', confirm }, right: 'to catalogue',
    works: to([...publishFrom, 'pre_released/catalogue', 'published/enterprise'], 'published') },
  { name: 'T6r ask', route: 'reviewVersion', ...onVersion, body: { decision: 'ask', confirm }, right: 'ask', works: {} },
  { name: 'T6r take back', route: 'reviewVersion', ...onVersion, body: { decision: 'withdraw' }, right: 'ask', works: {} },
  { name: 'T6r approve', route: 'reviewVersion', ...onVersion, body: { decision: 'approve', confirm }, right: 'platform', works: {} },
  { name: 'T6r reject', route: 'reviewVersion', ...onVersion, body: { decision: 'reject' }, right: 'platform', works: {} },
  { name: 'T7 republish', route: 'republishConnector', right: 'author', works: to(['published/enterprise'], '-'),
    refused: to(['published/catalogue'], 'version_immutable') },
  { name: 'T9 block', route: 'blockVersion', ...onVersion, right: 'stop', works: to(published, 'blocked') },
  { name: 'T10 unblock', route: 'unblockVersion', ...onVersion, right: 'stop', works: to(blocked, 'published') },
  { name: 'T11 deprecate', route: 'deprecateVersion', ...onVersion, right: 'publisher',
    works: to([...published, ...blocked], 'deprecated') },
  { name: 'T12 retire', route: 'retireVersion', ...onVersion, right: 'publisher', works: to(deprecated, 'retired') },
  { name: 'T12 retire by force', route: 'retireVersion', ...onVersion, body: { force: true }, right: 'force',
    works: to(deprecated, 'retired') },
  { name: 'T13 unpublish', route: 'unpublishConnector', right: 'publisher', works: to(published, 'ready') },
  { name: 'T14 new version', route: 'createConnectorVersion', right: 'author', works: to(pastDraft, '-') },
  { name: 'T15 disable', route: 'disableConnector', right: 'author', works: to(all, '-') },
  { name: 'T16 enable', route: 'enableConnector', right: 'author', works: {} },
  { name: 'T17 delete', route: 'deleteConnector', right: 'author', works: to(all, 'gone') },
]; // prettier-ignore

/** One cell of the matrix. */
export interface Cell {
  readonly action: MatrixAction;
  readonly state: string;
  readonly caller: CallerKind;
  readonly owner: OwnerKind;
}

/** What the cell answers: `ok`, or the code of the refusal. */
export function expectedOf(cell: Cell): string {
  if (!isSeen(cell)) return 'connector_not_found';
  const role = rights[cell.action.right](cell);
  if (role !== undefined) return role;
  const { action, state } = cell;
  return state in action.works ? 'ok' : (action.refused?.[state] ?? 'invalid_transition');
}

/** 4.2, column "see it"; nobody in the matrix has a connection. */
function isSeen({ state, caller, owner }: Cell): boolean {
  const ofOwner = owner === 'platform' ? ['PA', 'PA+EA'] : ['PA+EA', 'EA+', 'EA-', 'DEV', 'VW'];
  if (state === 'draft/none') {
    return (owner === 'platform' ? ['PA', 'PA+EA'] : ['PA+EA', 'EA+', 'EA-']).includes(caller);
  }
  if (ofOwner.includes(caller) || caller === 'PA' || caller === 'PA+EA') return true;
  return ['pre_released/catalogue', 'published/catalogue', 'deprecated/catalogue'].includes(state);
}

const isAdmin = (caller: CallerKind): boolean => caller === 'PA' || caller === 'PA+EA';

/** 4.5, per kind of right; undefined: has it. */
const rights: Readonly<Record<Right, (cell: Cell) => string | undefined>> = {
  author: (cell) => (cell.owner === 'platform' && isAdmin(cell.caller) ? undefined : asOwner(cell)),
  'to enterprise': (cell) =>
    asOwner(cell) === 'forbidden_role' && isAdmin(cell.caller) ? 'scope_not_allowed' : asOwner(cell),
  'to catalogue': (cell) => (isAdmin(cell.caller) ? undefined : (asOwner(cell) ?? 'scope_not_allowed')),
  // No tenant of the matrix has reviews.
  ask: (cell) => asOwner(cell) ?? 'scope_not_allowed',
  platform: ({ caller }) => (isAdmin(caller) ? undefined : 'forbidden_role'),
  force: ({ caller }) => (isAdmin(caller) ? undefined : 'forbidden_role'),
  stop: (cell) => (isAdmin(cell.caller) ? undefined : ofPublisher(cell)),
  publisher: (cell) => (isOfAll(cell) && isAdmin(cell.caller) ? undefined : ofPublisher(cell)),
};

const isOfAll = ({ owner, state }: Cell): boolean =>
  owner === 'platform' || state.endsWith('/catalogue') || state === 'ready/unlisted';
const ofPublisher = (cell: Cell): string | undefined => (isOfAll(cell) ? 'forbidden_role' : asOwner(cell));

function asOwner({ caller, owner }: Cell): string | undefined {
  if (owner === 'platform') return 'forbidden_role';
  if (caller === 'EA+' || caller === 'PA+EA') return undefined;
  return caller === 'EA-' ? 'sdk_access_disabled' : 'forbidden_role';
}
