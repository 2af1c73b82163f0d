import { html, type TemplateResult } from 'lit';
import type { BuilderSession } from './builder-session.ts';

/** One tab of the builder. Its element takes the property `.session`. */
export interface BuilderTab {
  /** Last part of the address: `/connectors/:id/<id>`. */
  readonly id: string;
  readonly label: string;
  /** Loads the element; called when the tab is first opened. */
  readonly load: () => Promise<unknown>;
  readonly render: (session: BuilderSession) => TemplateResult;
  /** Shows what was written in the builder; packages with code and flows have nothing of that. */
  readonly isAboutDefinition?: boolean;
  /** Number beside the label. */
  readonly badge?: (session: BuilderSession) => { readonly count: number; readonly tone?: 'warn' | 'bad' } | undefined;
}

const problemsAt =
  (...pointers: string[]): NonNullable<BuilderTab['badge']> =>
  (session) => {
    const count = pointers.reduce((sum, pointer) => sum + session.errorCount(pointer), 0);
    return count === 0 ? undefined : { count, tone: 'bad' };
  };

/** The tabs in their order (DI-04). */
export const builderTabs: readonly BuilderTab[] = [
  {
    id: 'overview',
    label: 'Overview',
    load: () => import('../overview/builder-overview.ts'),
    render: (session) => html`<pb-builder-overview .session=${session}></pb-builder-overview>`,
    badge: problemsAt('/name', '/slug', '/base_url', '/documentation_url', '/icon', '/tags', '/category'),
  },
  {
    id: 'auth',
    isAboutDefinition: true,
    label: 'Auth & Credentials',
    load: () => import('../auth/builder-auth.ts'),
    render: (session) => html`<pb-builder-auth .session=${session}></pb-builder-auth>`,
    badge: problemsAt('/auth_scheme', '/config'),
  },
  {
    id: 'operations',
    isAboutDefinition: true,
    label: 'Operations',
    load: () => import('../operations/builder-operations.ts'),
    render: (session) => html`<pb-builder-operations .session=${session}></pb-builder-operations>`,
    badge(session) {
      const problems = session.errorCount('/operations');
      if (problems > 0) return { count: problems, tone: 'bad' };
      const count = session.connector.get().operations?.length ?? 0;
      return count === 0 ? undefined : { count };
    },
  },
  {
    id: 'resilience',
    isAboutDefinition: true,
    label: 'Resilience',
    load: () => import('../resilience/builder-resilience.ts'),
    render: (session) => html`<pb-builder-resilience .session=${session}></pb-builder-resilience>`,
    badge: problemsAt('/resilience'),
  },
  {
    id: 'test',
    isAboutDefinition: true,
    label: 'Test',
    load: () => import('../test/builder-test.ts'),
    render: (session) => html`<pb-builder-test .session=${session}></pb-builder-test>`,
    badge(session) {
      const failed = session.stored.get().test_results.filter((result) => result.current && !result.passed).length;
      return failed === 0 ? undefined : { count: failed, tone: 'bad' };
    },
  },
  {
    id: 'publish',
    label: 'Publish',
    load: () => import('../publish/builder-publish.ts'),
    render: (session) => html`<pb-builder-publish .session=${session}></pb-builder-publish>`,
  },
];

/** The tabs that a connector has. */
export function tabsOf(session: BuilderSession): readonly BuilderTab[] {
  const hasDefinition = session.stored.get().operations !== undefined;
  return builderTabs.filter((tab) => hasDefinition || tab.isAboutDefinition !== true);
}

/** The tab of an address; the first one when there is no such tab. */
export const builderTab = (id: string): BuilderTab | undefined =>
  builderTabs.find((tab) => tab.id === id) ?? builderTabs[0];
