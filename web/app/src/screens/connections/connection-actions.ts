import type { Connection } from '@patchbay/api-contract/client';
import { html } from 'lit';
import { plural } from '../../format/numbers.ts';
import type { AppContext } from '../../shell/app-context.ts';
import { askConfirmation } from '../../shell/confirm/ask-confirmation.ts';
import type { DeprecatedThing } from '../../ui/deprecation/deprecation.ts';

/** Switches a connection on or off; a disabled one makes its steps fail with a clear error. */
export async function setConnectionEnabled(app: AppContext, connection: Connection, enabled: boolean): Promise<void> {
  await app.api.call('updateConnection', {
    params: { id: connection.id },
    body: { enabled },
    revision: connection.revision,
  });
  app.toasts.show(`${connection.name} is ${enabled ? 'enabled' : 'disabled'}`);
}

/** Asks, then deletes credentials and tokens; the connection stays and can be authorized again. */
export async function revokeConnection(app: AppContext, connection: Connection): Promise<boolean> {
  const isSure = await askConfirmation({
    heading: `Revoke “${connection.name}”?`,
    text: 'Its credentials and tokens are erased. Flows that use it fail until it is authorized again.',
    action: 'Revoke authorization',
    isDanger: true,
  });
  if (!isSure) return false;
  await app.api.call('revokeConnection', { params: { id: connection.id } });
  return true;
}

/** Asks, then deletes. A connection in use is not deleted: the dialog names the flows instead. */
export async function deleteConnection(app: AppContext, connection: Connection): Promise<boolean> {
  const { usedBy } = connection;
  if (usedBy.length > 0) {
    const canOpen = await askConfirmation({
      heading: `“${connection.name}” is in use`,
      text: html`${plural(usedBy.length, 'step')} ${usedBy.length === 1 ? 'uses' : 'use'} it:
      ${usedBy
        .slice(0, 5)
        .map((use) => `${use.flowName}, ${use.step}`)
        .join('; ')}.
      Remove it from there first.`,
      action: `Open ${usedBy[0]?.flowName ?? 'flow'}`,
    });
    if (canOpen) app.router.navigate(`/flows/${usedBy[0]?.flowId ?? ''}`);
    return false;
  }
  const isSure = await askConfirmation({
    heading: `Delete “${connection.name}”?`,
    text: 'Its credentials are erased. This cannot be taken back.',
    action: 'Delete connection',
    isDanger: true,
  });
  if (!isSure) return false;
  await app.api.call('deleteConnection', { params: { id: connection.id } });
  return true;
}

/** Deprecated connector versions that these connections were made with, each once; for the banner of ZO-03. */
export function deprecatedVersions(connections: readonly Connection[]): readonly Required<DeprecatedThing>[] {
  const found = new Map<string, Required<DeprecatedThing>>();
  for (const { connector, connector_version: version, connector_notice: notice } of connections) {
    if (notice?.deprecation === undefined || version === undefined) continue;
    found.set(`${connector.slug} ${version}`, { name: connector.name, version, deprecation: notice.deprecation });
  }
  return [...found.values()];
}
