import type { BuilderSession } from './builder-session.ts';

/** Address of a tab within the app. */
export function builderPath(session: BuilderSession, tab: string): string {
  return `/connectors/${session.id === '' ? 'new' : session.id}/${tab}`;
}
