import type { ApiClient, Connector } from '@patchbay/api-contract/client';

/** Loads a connector as the builder shows it: its draft when there is one beside the head version, else the head version. */
export async function loadForBuilder(
  api: ApiClient,
  what: { readonly id: string; readonly signal?: AbortSignal },
): Promise<Connector> {
  const { id, signal } = what;
  const options = signal === undefined ? {} : { signal };
  const head = (await api.call('getConnector', { params: { id }, ...options }))._source;
  const draft = head.versions.find((version) => version.stage === 'draft');
  if (head.stage === 'draft' || draft === undefined) return head;
  return (await api.call('getConnectorVersion', { params: { id, version: draft.version }, ...options }))._source;
}
