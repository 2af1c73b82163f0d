import type { Flow, FlowSummary } from '@patchbay/api-contract/client';
import type { AppContext } from '../../shell/app-context.ts';
import { askConfirmation } from '../../shell/confirm/ask-confirmation.ts';

/** Makes an empty flow and opens it: nothing has to be named first. */
export async function createFlow(app: AppContext): Promise<void> {
  try {
    const { _id } = await app.api.call('createFlow', { body: {} });
    app.router.navigate(`/flows/${_id}`);
  } catch (error) {
    app.toasts.showProblem(error);
  }
}

/** Makes a copy as a draft; it is off until it is published. */
export async function duplicateFlow(app: AppContext, flow: Pick<FlowSummary, 'id' | 'name'>): Promise<string> {
  const source: Flow = (await app.api.call('getFlow', { params: { id: flow.id } }))._source;
  const document = { ...source.document, name: `${flow.name.slice(0, 110)} (copy)` };
  const { _id } = await app.api.call('createFlow', { body: { document } });
  return _id;
}

/** Saves the document as a file. */
export async function downloadFlow(
  app: AppContext,
  flow: Pick<FlowSummary, 'id' | 'name'>,
  format: 'json' | 'yaml',
): Promise<void> {
  const { text } = await app.api.call('exportFlow', { params: { id: flow.id }, query: { format } });
  const link = document.createElement('a');
  const url = URL.createObjectURL(
    new Blob([text], { type: format === 'json' ? 'application/json' : 'application/yaml' }),
  );
  link.href = url;
  link.download = `${fileNameOf(flow.name)}.${format}`;
  link.click();
  URL.revokeObjectURL(url);
}

/** Lets the trigger start runs, or keeps it from it; running ones go on. */
export async function setFlowEnabled(
  app: AppContext,
  flow: Pick<FlowSummary, 'id' | 'name'>,
  isEnabled: boolean,
): Promise<void> {
  await app.api.call(isEnabled ? 'enableFlow' : 'disableFlow', { params: { id: flow.id } });
  app.toasts.show(`${flow.name} is ${isEnabled ? 'live' : 'off'}`);
}

/** Asks, then deletes. */
export async function deleteFlow(app: AppContext, flow: Pick<FlowSummary, 'id' | 'name'>): Promise<void> {
  const isSure = await askConfirmation({
    heading: `Delete “${flow.name}”?`,
    text: 'The flow, its draft and its versions are removed. Its runs stay readable; running ones go on.',
    action: 'Delete flow',
    isDanger: true,
  });
  if (!isSure) return;
  await app.api.call('deleteFlow', { params: { id: flow.id } });
  app.toasts.show(`${flow.name} was deleted`);
}

function fileNameOf(name: string): string {
  const safe = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return safe === '' ? 'flow' : safe;
}
