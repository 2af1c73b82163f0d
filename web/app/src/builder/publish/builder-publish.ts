import { consume } from '@lit/context';
import { Task } from '@lit/task';
import type { Connector, References } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { appContext, type AppContext } from '../../shell/app-context.ts';
import { audienceCards, audienceStyles, chosenAudience } from '../../connector-lifecycle/audience-cards.ts';
import { audiencesFor, type Audience } from '../../connector-lifecycle/audiences.ts';
import { publishableStages } from '../../connector-lifecycle/lifecycle-actions.ts';
import { runLifecycle } from '../../connector-lifecycle/lifecycle-commands.ts';
import { renderVersions, versionListStyles } from '../../connector-lifecycle/version-list.ts';
import { askConfirmation } from '../../shell/confirm/ask-confirmation.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import '../../ui/checkbox/checkbox.ts';
import '../../ui/input/input.ts';
import type { BuilderSession } from '../shell/builder-session.ts';
import { builderTabStyles } from '../shell/builder-styles.ts';
import type { SectionLink } from '../shell/builder-sections-nav.ts';
import '../shell/builder-sections-nav.ts';
import '../shell/builder-side.ts';
import { publishStyles } from './publish-styles.ts';
import type { Publication } from './publish-card.ts';
import './publish-card.ts';
import { renderAffected, renderChanges } from './publish-parts.ts';

/** What the tab compares with, and who uses the connector. */
interface Surroundings {
  readonly before: Connector | undefined;
  readonly references: References | undefined;
}

/**
 * @summary The tab Publish: version and notes, who may use it, what changed, who is affected, and everything that moves a version
 * through its stages (DI-71 to DI-77).
 */
@customElement('pb-builder-publish')
export class PbBuilderPublish extends SignalWatcher(PbElement) {
  static override styles = [...builderTabStyles, publishStyles, audienceStyles, versionListStyles];

  @consume({ context: appContext })
  private readonly app!: AppContext;

  @property({ attribute: false }) session!: BuilderSession;

  @state() private number: string | undefined;
  @state() private notes = '';
  @state() private visibility: Audience['visibility'] | undefined;
  @state() private deprecatesOlder = false;
  @state() private isBusy = false;

  private readonly load = new Task(this, {
    task: async ([id], { signal }): Promise<Surroundings> => {
      if (id === '') return { before: undefined, references: undefined };
      const { api } = this.app;
      const [before, references] = await Promise.all([
        this.loadBefore(signal),
        api.call('getConnectorReferences', { params: { id }, query: {}, signal }),
      ]);
      return { before, references };
    },
    args: () => {
      const { id, version, revision } = this.session.stored.get();
      return [id, version, revision] as const;
    },
  });

  /** The version that this one follows; for changes of a published one, what is live. */
  private async loadBefore(signal: AbortSignal): Promise<Connector | undefined> {
    const { api } = this.app;
    const { id, version, versions, has_pending_changes: isPending, slug } = this.session.stored.get();
    if (isPending) return (await api.call('getMarketplaceListing', { params: { id: slug }, signal }))._source;
    const own = versions.findIndex((other) => other.version === version);
    const earlier = versions.slice(own + 1).find(({ stage }) => !['draft', 'ready'].includes(stage));
    if (earlier === undefined) return undefined;
    return (await api.call('getConnectorVersion', { params: { id, version: earlier.version }, signal }))._source;
  }

  private get audiences(): readonly Audience[] {
    const session = this.app.session.session.get();
    return session === undefined ? [] : audiencesFor(this.session.connector.get(), session);
  }

  private get chosen(): Audience | undefined {
    return chosenAudience(this.audiences, this.visibility);
  }

  private get isPublishable(): boolean {
    return publishableStages.includes(this.session.connector.get().stage);
  }

  private get publication(): Publication {
    const { version } = this.session.stored.get();
    return { version: this.number ?? version, visibility: this.chosen?.visibility };
  }

  private async publish(): Promise<void> {
    const { app, session } = this;
    const { version, visibility } = this.publication;
    if (visibility === undefined || !(await this.askPublish(version, visibility))) return;
    this.isBusy = true;
    try {
      if (!(await session.flush())) return;
      const body = { visibility, confirm: true, version, notes: this.notes, deprecate_older: this.deprecatesOlder };
      await app.api.call('publishConnector', { params: { id: session.id }, body });
      await session.refresh();
      this.notes = '';
      this.number = undefined;
      this.tellPublished(version);
    } catch (error) {
      app.toasts.showProblem(error);
    } finally {
      this.isBusy = false;
    }
  }

  private askPublish(version: string, visibility: Audience['visibility']): Promise<boolean> {
    const { name, slug, slug_locked: isLocked } = this.session.connector.get();
    const tenant = this.app.session.session.get()?.tenant.name ?? '';
    const isPublic = visibility === 'catalogue';
    return askConfirmation({
      heading: `Publish ${name} ${version}?`,
      text: html`${
        isPublic
          ? html`It goes to the <b>catalogue</b>: all enterprises can use it, and this version cannot be changed
              afterwards.`
          : html`Everybody of <b>${tenant}</b> can use it. You can change and republish it later.`
      }
      ${isLocked ? nothing : html`The slug <b>${slug}</b> is fixed from then on.`}`,
      action: 'Publish',
    });
  }

  private tellPublished(version: string): void {
    const { app } = this;
    const { name } = this.session.connector.get();
    const action = { label: 'Use in a flow', run: () => void this.useInFlow() };
    app.toasts.show(`${name} ${version} is published.`, app.session.canEdit() ? { action } : {});
  }

  private async useInFlow(): Promise<void> {
    const { api, router, toasts } = this.app;
    try {
      const { _id } = await api.call('createFlow', { body: {} });
      router.navigate(`/flows/${_id}?find=${encodeURIComponent(this.session.connector.get().name)}`);
    } catch (error) {
      toasts.showProblem(error);
    }
  }

  private renderVersion(): TemplateResult {
    const { version, versions } = this.session.stored.get();
    const earlier = versions.find((other) => other.version !== version && other.stage !== 'draft');
    const older = versions.filter((other) => other.version !== version && other.stage === 'published');
    return html`<section class="sect" id="section-version" tabindex="-1" aria-labelledby="version">
      <header><h2 class="h2 grow" id="version">Version</h2></header>
      <div class="number">
        <pb-input
          label="Number"
          help=${earlier === undefined ? 'The first one' : `After ${earlier.version}`}
          .value=${this.number ?? version}
          @pb-input=${(event: CustomEvent<string>) => {
            this.number = event.detail;
          }}
        ></pb-input>
        <pb-input
          label="Notes for those who use it"
          rows="3"
          .value=${this.notes}
          @pb-input=${(event: CustomEvent<string>) => {
            this.notes = event.detail;
          }}
        ></pb-input>
      </div>
      ${
        older.length === 0
          ? nothing
          : html`<pb-checkbox
              label="Deprecate older versions of the same audience"
              ?checked=${this.deprecatesOlder}
              @pb-change=${(event: CustomEvent<boolean>) => {
                this.deprecatesOlder = event.detail;
              }}
            ></pb-checkbox>`
      }
    </section>`;
  }

  private renderScope(): TemplateResult {
    return html`<section class="sect" id="section-scope" tabindex="-1" aria-labelledby="scope">
      <header><h2 class="h2 grow" id="scope">Who may use it</h2></header>
      ${audienceCards({
        ...{ audiences: this.audiences, chosen: this.chosen, labelledBy: 'scope' },
        choose: (visibility) => {
          this.visibility = visibility;
        },
      })}
    </section>`;
  }

  private renderHelp(): TemplateResult {
    return html`<p class="helps">
      ${icon('circle-help', 14)}<a href="/app/help/connector-builder">Help on building and testing</a>
      <a href="/app/help/publishing-connectors">Help on publishing</a>
    </p>`;
  }

  /** Only what is there. */
  private get sections(): readonly SectionLink[] {
    const { value } = this.load;
    return [
      ...(this.isPublishable ? [{ id: 'section-version', label: 'Version' }] : []),
      ...(this.isPublishable ? [{ id: 'section-scope', label: 'Who may use it' }] : []),
      ...(value?.before === undefined ? [] : [{ id: 'section-changes', label: 'Changes' }]),
      ...(value?.references === undefined ? [] : [{ id: 'section-affected', label: 'Who is affected' }]),
      ...(this.session.stored.get().versions.length === 0 ? [] : [{ id: 'section-versions', label: 'Versions' }]),
    ];
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const connector = session.connector.get();
    const run = (action: string, version: string): void => {
      void runLifecycle(action, {
        ...{ app: this.app, connector: session.stored.get(), version: { version } },
        prepare: () => session.flush(),
        refresh: () => session.refresh(),
      });
    };
    return html`<div class="bgrid">
      <pb-builder-sections .items=${this.sections}></pb-builder-sections>
      <div class="bmain">
        ${this.isPublishable ? html`${this.renderVersion()}${this.renderScope()}` : nothing}
        ${renderLoaded(this.load, {
          subject: 'The changes',
          skeleton: html`<pb-skeleton shape="text" count="4"></pb-skeleton>`,
          complete: ({ before, references }) =>
            html`${renderChanges(connector, before)}${renderAffected(connector, references)}`,
        })}
        ${renderVersions(connector, { run })}${this.renderHelp()}
      </div>
      <aside class="side" aria-label="Publication">
        <pb-publish-card
          .session=${session}
          .publication=${this.publication}
          ?busy=${this.isBusy}
          @pb-publish=${() => this.publish()}
          @pb-lifecycle=${(event: CustomEvent<string>) => {
            run(event.detail, connector.version);
          }}
        ></pb-publish-card>
        <pb-builder-side .session=${session} no-checklist></pb-builder-side>
      </aside>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-builder-publish': PbBuilderPublish;
  }
}
