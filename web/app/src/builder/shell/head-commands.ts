import {
  deleteConnector,
  disableConnector,
  enableConnector,
  showReferences,
} from '../../connector-dialogs/connector-commands.ts';
import { lifecyclePath } from '../../connector-lifecycle/version-list.ts';
import type { AppContext } from '../../shell/app-context.ts';
import type { BuilderSession } from './builder-session.ts';
import { builderPath } from './builder-path.ts';

/** What a command works on. */
export interface HeadCommandContext {
  readonly app: AppContext;
  readonly session: BuilderSession;
}

type HeadCommand = (context: HeadCommandContext) => void | Promise<void>;

const commands: Readonly<Record<string, HeadCommand>> = {
  undo: ({ session }) => {
    session.undo();
  },
  redo: ({ session }) => {
    session.redo();
  },
  save: ({ session }) => save(session),
  yaml: (context) => download(context, 'yaml'),
  json: (context) => download(context, 'json'),
  listing: ({ app, session }) => {
    app.router.navigate(`/marketplace/${session.connector.get().slug}`);
  },
  lifecycle: ({ app, session }) => {
    app.router.navigate(lifecyclePath(session.id));
  },
  async references({ app, session }) {
    if (await showReferences(app, session.stored.get())) await session.refresh();
  },
  async disable({ app, session }) {
    if (await disableConnector(app, session.stored.get())) await session.refresh();
  },
  async enable({ app, session }) {
    if (await enableConnector(app, session.stored.get())) await session.refresh();
  },
  async delete({ app, session }) {
    if (await deleteConnector(app, session.stored.get())) app.router.navigate('/connectors');
  },
  help: ({ app }) => {
    app.router.navigate('/help/connector-builder');
  },
  async new_version({ app, session }) {
    const { version } = await app.api.call('createConnectorVersion', { params: { id: session.id }, body: {} });
    await session.refresh();
    app.toasts.show(`Version ${version} is a draft now. What is published stays as it is.`);
    app.router.navigate(builderPath(session, 'overview'));
  },
};

/** Runs a command of the head or its menu; a refusal becomes a toast. */
export async function runHeadCommand(name: string, context: HeadCommandContext): Promise<void> {
  try {
    await commands[name]?.(context);
  } catch (error) {
    context.app.toasts.showProblem(error);
  }
}

async function save(session: BuilderSession): Promise<void> {
  await session.flush();
}

async function download({ app, session }: HeadCommandContext, format: 'yaml' | 'json'): Promise<void> {
  const query = { format, version: session.stored.get().version };
  const { fileName, content } = await app.api.call('exportConnector', { params: { id: session.id }, query });
  const url = URL.createObjectURL(new Blob([content], { type: 'text/plain' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = fileName;
  anchor.click();
  URL.revokeObjectURL(url);
}
