import type { AppContext } from '../shell/app-context.ts';
import { askConfirmation } from '../shell/confirm/ask-confirmation.ts';
import type { DialogConnector } from './connector-dialog.ts';
import { hostDialog } from './host-dialog.ts';
import { isUsed } from './reference-rows.ts';
import './disable-dialog.ts';
import './in-use-dialog.ts';
import './references-dialog.ts';

function show(
  tag: 'pb-references-dialog' | 'pb-in-use-dialog' | 'pb-disable-dialog',
  app: AppContext,
  connector: DialogConnector,
): Promise<unknown> {
  const element = document.createElement(tag);
  element.app = app;
  element.connector = connector;
  return hostDialog(element);
}

/** Shows where a connector is used; from there the person may go on to disable it. True: it was disabled. */
export async function showReferences(app: AppContext, connector: DialogConnector): Promise<boolean> {
  const next = await show('pb-references-dialog', app, connector);
  return next === 'disable' && (await disableConnector(app, connector));
}

/** Lists what uses a connector, then switches it off. True: it was done. */
export async function disableConnector(app: AppContext, connector: DialogConnector): Promise<boolean> {
  if ((await show('pb-disable-dialog', app, connector)) !== 'disabled') return false;
  app.toasts.show(`${connector.name} is disabled`);
  return true;
}

/** Switches a connector on again. */
export async function enableConnector(app: AppContext, connector: DialogConnector): Promise<boolean> {
  await app.api.call('enableConnector', { params: { id: connector.id }, body: {} });
  app.toasts.show(`${connector.name} is enabled`);
  return true;
}

/**
 * Deletes a connector after a Yes (ZO-40). One that is used is not deleted: the person sees all places and deletes those first
 * (ZO-41). True: it is gone.
 */
export async function deleteConnector(app: AppContext, connector: DialogConnector): Promise<boolean> {
  const references = await app.api.call('getConnectorReferences', { params: { id: connector.id } });
  const isSure = isUsed(references)
    ? (await show('pb-in-use-dialog', app, connector)) === 'delete'
    : await askConfirmation({
        heading: `Delete “${connector.name}”?`,
        text: 'No connection uses it. This cannot be taken back.',
        action: 'Yes',
        refusal: 'No',
        isDanger: true,
      });
  if (!isSure) return false;
  await app.api.call('deleteConnector', { params: { id: connector.id } });
  app.toasts.show(`${connector.name} was deleted`);
  return true;
}
