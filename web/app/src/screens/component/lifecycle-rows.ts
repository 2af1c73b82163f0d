import type { ApiVersion, Session } from '@patchbay/api-contract/client';
import { errorCodes, type ErrorCode } from '@patchbay/errors';

/** A button of the Lifecycle page. */
export interface LifecycleRow {
  readonly action: 'publish' | 'republish' | 'deprecate' | 'block' | 'unblock' | 'retire';
  readonly label: string;
  readonly text: string;
  /** Absent: the person may do it now. */
  readonly refusal?: string;
  /** What is likely wanted next. */
  readonly isPrimary?: boolean;
}

type Connector = NonNullable<ApiVersion['connector']>;

/** What can be done with an API version, and why not; what makes no sense for its stage is not there. */
export function lifecycleRows(version: ApiVersion, session: Session): readonly LifecycleRow[] {
  const { connector } = version;
  if (connector === undefined) return [publishRow(refusalOfFirst(version, session))];
  const { stage, visibility } = connector;
  const isPublic = visibility === 'catalogue';
  return [
    ...(isPublic && stage !== 'ready' ? [] : [publishRow(refusalOf(connector, 'publish'), stage)]),
    // CH-15: what is public never changes, so there is nothing to republish.
    ...(stage === 'published' && visibility === 'enterprise' ? [republishRow(connector)] : []),
    row(connector, {
      action: 'deprecate',
      label: 'Deprecate',
      text: 'What uses it keeps running; nobody starts with it.',
    }),
    stage === 'blocked'
      ? row(connector, { action: 'unblock', label: 'Unblock', text: 'Calls work again.' })
      : row(connector, { action: 'block', label: 'Block', text: 'Stops all calls at once. You can end the block.' }),
    row(connector, {
      action: 'retire',
      label: 'Retire',
      text: 'Ends a deprecated version for good: nothing runs with it any more.',
    }),
  ];
}

function row(connector: Connector, about: LifecycleRow): LifecycleRow {
  return { ...about, ...refusalOf(connector, about.action) };
}

function publishRow(refusal: { refusal?: string }, stage?: Connector['stage']): LifecycleRow {
  const isWidening = stage === 'published';
  return {
    action: 'publish',
    label: isWidening ? 'Publish to the catalogue' : 'Publish',
    text: isWidening
      ? 'All enterprises can use it then, and it cannot be changed any more.'
      : 'Makes a version of the connector that flows can use.',
    isPrimary: !isWidening,
    ...refusal,
  };
}

function republishRow(connector: Connector): LifecycleRow {
  return {
    action: 'republish',
    label: 'Republish Connector',
    text: connector.is_outdated
      ? 'What is deployed is newer than what the connector runs: let it run that, under the same version.'
      : 'The connector runs what is deployed now.',
    isPrimary: connector.is_outdated,
    ...refusalOf(connector, 'republish'),
  };
}

function refusalOf(connector: Connector, action: string): { refusal?: string } {
  const { allowed = false, reason = 'This is not possible now.' } = connector.actions[action] ?? {};
  return allowed ? {} : { refusal: reason };
}

/** Nothing was published yet, so the API has no connector that could say it. */
function refusalOfFirst(version: ApiVersion, { user, tenant }: Session): { refusal?: string } {
  const because = (code: ErrorCode): { refusal: string } => ({
    refusal: [errorCodes[code].message, errorCodes[code].hint].filter((part) => part !== '').join(' '),
  });
  if (user.role !== 'enterprise_admin') return because('forbidden_role');
  if (!tenant.features.sdk_access) return because('sdk_access_disabled');
  if (version.deployed_number === undefined) return because('not_deployed');
  return version.exposed ? {} : because('component_not_exposed');
}
