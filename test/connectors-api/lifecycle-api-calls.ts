/** The call of the API that each action of the model is. */
import type { RouteId } from '@patchbay/api-contract';
import { ofConnector, type ModelAction } from './lifecycle-model.ts';

/** A call without its caller and connector. */
export interface ActionRoute {
  readonly route: RouteId;
  readonly body?: object;
  /** For routes that are about one version. */
  readonly version?: string;
}

type Maker = (version: string) => Omit<ActionRoute, 'version'> & { readonly isOfVersion?: boolean };

const confirm = true;
const publication =
  (visibility: string): Maker =>
  (version) => ({
    ...{ route: 'publishConnector', body: { visibility, confirm, version } },
  });
const ofVersion =
  (route: RouteId, body: object = {}): Maker =>
  () => ({ route, body, isOfVersion: true });
const whole =
  (route: RouteId, body?: object): Maker =>
  () => ({ route, ...(body && { body }) });

const calls: Record<ModelAction, Maker> = {
  ready: whole('readyConnector'),
  new_version: whole('createConnectorVersion'),
  enable: whole('enableConnector'),
  disable: whole('disableConnector'),
  disable_all: whole('disableConnector', { disable_connections: true }),
  delete: whole('deleteConnector'),
  publish_enterprise: publication('enterprise'),
  publish_catalogue: publication('catalogue'),
  prerelease_enterprise: ofVersion('prereleaseVersion', { visibility: 'enterprise' }),
  prerelease_catalogue: ofVersion('prereleaseVersion', { visibility: 'catalogue' }),
  withdraw_prerelease: ofVersion('prereleaseVersion', { withdraw: true }),
  ask: ofVersion('reviewVersion', { decision: 'ask', confirm }),
  approve: ofVersion('reviewVersion', { decision: 'approve', confirm }),
  reject: ofVersion('reviewVersion', { decision: 'reject' }),
  withdraw_review: ofVersion('reviewVersion', { decision: 'withdraw' }),
  republish: (version) => ({ route: 'republishConnector', body: { version } }),
  unpublish: (version) => ({ route: 'unpublishConnector', body: { version } }),
  block: ofVersion('blockVersion'),
  unblock: ofVersion('unblockVersion'),
  deprecate: ofVersion('deprecateVersion'),
  retire: ofVersion('retireVersion'),
  retire_by_force: ofVersion('retireVersion', { force: true }),
};

/** The call for an action on a version. */
export function routeOf(action: ModelAction, version: string): ActionRoute {
  const { isOfVersion, ...call } = calls[action](version);
  return { ...call, ...(isOfVersion && !ofConnector.has(action) && { version }) };
}
