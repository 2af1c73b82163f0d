import type { Connector, ConnectorSummary } from '@patchbay/api-contract/client';
import { askForm } from '../shell/confirm/ask-form.ts';
import type { AppContext } from '../shell/app-context.ts';

/** What is to be deprecated; `versions` offers what may replace it. */
export type DeprecationSubject = Pick<Connector, 'name' | 'version' | 'versions'>;

/** Asks for end, replacement, link and reason; gives the body of the call. Undefined: the person does not want it. */
export async function askDeprecationDetails(
  subject: DeprecationSubject,
): Promise<Readonly<Record<string, string>> | undefined> {
  const { name, version, versions } = subject;
  const others = versions.filter((other) => other.version !== version && other.stage === 'published');
  const options = others.map((other) => ({ value: other.version, label: other.version }));
  const answers = await askForm({
    heading: `Deprecate ${name} ${version}?`,
    text: 'What uses it keeps running; nobody starts to use it. This cannot be undone.',
    fields: [
      ...(options.length === 0
        ? []
        : [{ name: 'replaced_by', label: 'Replaced by', options: [{ value: '', label: 'Nothing' }, ...options] }]),
      {
        name: 'sunset_at',
        label: 'Ends on',
        type: 'datetime-local',
        help: 'From then on nothing runs with it. Empty: no end.',
      },
      { name: 'link', label: 'Link to learn more', type: 'url' },
      { name: 'reason', label: 'Reason', type: 'area', help: 'Kept in the audit log.' },
    ],
    action: 'Deprecate',
    isDanger: true,
  });
  if (answers === undefined) return undefined;
  const { sunset_at: sunset, ...rest } = answers;
  return sunset === undefined ? rest : { ...rest, sunset_at: new Date(sunset).toISOString() };
}

/** Deprecates the head version of a connector, after its questions. True: it was done. */
export async function deprecateConnector(app: AppContext, { id, name, version }: ConnectorSummary): Promise<boolean> {
  const { versions } = (await app.api.call('getConnector', { params: { id } }))._source;
  const body = await askDeprecationDetails({ name, version, versions });
  if (body === undefined) return false;
  await app.api.call('deprecateVersion', { params: { id, version }, body });
  app.toasts.show(`${name} ${version} is deprecated`);
  return true;
}
