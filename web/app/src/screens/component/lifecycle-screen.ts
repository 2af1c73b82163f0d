import type { ApiVersion } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { runLifecycle } from '../../connector-lifecycle/lifecycle-commands.ts';
import { dateWords } from '../../format/time.ts';
import { askConfirmation } from '../../shell/confirm/ask-confirmation.ts';
import { badge } from '../../ui/badge/badge.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { Component } from './component-data.ts';
import { ComponentScreen } from './component-screen.ts';
import { lifecycleRows, type LifecycleRow } from './lifecycle-rows.ts';
import { versionSelect } from './version-select.ts';
import '../../ui/empty/empty.ts';
import './publish-dialog.ts';

/**
 * @summary Manage > Lifecycle: choose an API version, then publish, republish, deprecate, block or retire it (CH-15, CH-23 to CH-26).
 */
@customElement('pb-component-lifecycle')
export class PbComponentLifecycle extends ComponentScreen {
  protected readonly page = 'lifecycle';
  protected readonly heading = 'Lifecycle';

  @state() private isPublishing = false;

  private async run(action: LifecycleRow['action'], version: ApiVersion): Promise<void> {
    if (action === 'publish') this.isPublishing = true;
    else if (action === 'republish') await this.republish(version);
    else await this.runOnConnector(action, version);
  }

  private async republish({ version }: ApiVersion): Promise<void> {
    const isSure = await askConfirmation({
      heading: `Republish ${version}?`,
      text: 'The connector runs what is deployed now, under the same version. Flows that use it take it at their next publication.',
      action: 'Republish',
    });
    if (!isSure) return;
    await this.act(async () => {
      await this.app.api.call('republishApiVersion', { params: { id: this.flowId, version }, body: {} });
      this.app.toasts.show(`Version ${version} is republished.`);
    });
  }

  /** What a version of a component shares with its connector version is done to that one (5.28). */
  private async runOnConnector(action: string, { connector, version }: ApiVersion): Promise<void> {
    if (connector === undefined) return;
    const { app } = this;
    const { id } = connector;
    this.isBusy = true;
    try {
      const stored = (await app.api.call('getConnector', { params: { id } }))._source;
      await runLifecycle(action, { app, connector: stored, version: { version }, refresh: () => this.load.run() });
    } catch (error) {
      app.toasts.showProblem(error);
    } finally {
      this.isBusy = false;
    }
  }

  private handlePublished(isConnector: boolean, version: ApiVersion): void {
    const { app } = this;
    this.isPublishing = false;
    void this.load.run();
    if (!isConnector) {
      app.toasts.show(`${version.version} stays an API.`);
      return;
    }
    const run = (): void => {
      app.router.navigate('/marketplace');
    };
    app.toasts.show(`${version.version} is published as a connector.`, { action: { label: 'Marketplace', run } });
  }

  private renderConnector(version: ApiVersion): TemplateResult {
    const { connector } = version;
    return html`<aside class="card" aria-labelledby="connector">
      <div class="card-head"><h2 class="h2" id="connector">Connector</h2></div>
      <div class="card-in">
        ${connector === undefined ? html`<p class="t2">This version is not published as a connector.</p>` : renderFacts(connector)}
        <div class="links">
          ${
            connector === undefined
              ? nothing
              : html`<pb-button href="/app/marketplace/${connector.slug}">Open the connector</pb-button>`
          }
          <pb-button icon="store" href="/app/marketplace">Go to Marketplace</pb-button>
        </div>
      </div>
    </aside>`;
  }

  private renderRow(row: LifecycleRow, version: ApiVersion): TemplateResult {
    const { action, label, text, refusal, isPrimary = false } = row;
    return html`<li class="act" data-action=${action}>
      <div class="grow">
        <h3 class="h3">${label}</h3>
        <p class="t2">${text}</p>
        ${refusal === undefined ? nothing : html`<p class="small t2">${icon('lock', 12)} ${refusal}</p>`}
      </div>
      <pb-button
        variant=${isPrimary ? 'primary' : 'secondary'}
        ?disabled=${refusal !== undefined || this.isBusy}
        @click=${() => this.run(action, version)}
        >${label}</pb-button
      >
    </li>`;
  }

  private renderActions(version: ApiVersion): TemplateResult | typeof nothing {
    const session = this.app.session.session.get();
    if (session === undefined) return nothing;
    return html`<section aria-labelledby="actions">
      <h2 class="h2" id="actions">What to do with ${version.version}</h2>
      <br />
      <ul>
        ${lifecycleRows(version, session).map((row) => this.renderRow(row, version))}
      </ul>
    </section>`;
  }

  protected override renderPage(component: Component): TemplateResult {
    const { flow, versions } = component;
    const chosen = this.chosenOf(component);
    if (chosen === undefined) {
      return html`<pb-empty heading="No API version yet" drawing="flows"
        >A version is created and deployed first; then it is published here.
        <pb-button slot="actions" href="/app/flows/${flow.id}/deploy">Go to Deploy</pb-button>
        <pb-button slot="actions" icon="store" href="/app/marketplace">Go to Marketplace</pb-button>
      </pb-empty>`;
    }
    return html`${versionSelect(versions, chosen, {
        canCreate: false,
        onChoose: (version) => {
          this.choose(version);
        },
      })}
      <div class="cols">${this.renderActions(chosen)}${this.renderConnector(chosen)}</div>
      <pb-component-publish
        .flowId=${flow.id}
        .flowName=${flow.name}
        .version=${chosen}
        ?first=${versions.every(({ connector }) => connector === undefined)}
        ?open=${this.isPublishing}
        @pb-dialog-close=${() => {
          this.isPublishing = false;
        }}
        @pb-version-published=${(event: CustomEvent<boolean>) => {
          this.handlePublished(event.detail, chosen);
        }}
      ></pb-component-publish>`;
  }
}

function renderFacts(connector: NonNullable<ApiVersion['connector']>): TemplateResult {
  const { slug, version, revision, stage, visibility, deprecation, is_outdated: isOutdated } = connector;
  return html`<dl class="facts">
    <dt>Stage</dt>
    <dd>${badge('stage', stage)}</dd>
    <dt>For</dt>
    <dd>${{ none: 'nobody', enterprise: 'your enterprise', catalogue: 'all enterprises' }[visibility]}</dd>
    <dt>Version</dt>
    <dd class="num">${version}, revision ${revision}</dd>
    <dt>Slug</dt>
    <dd><span class="key">${slug}</span></dd>
    <dt>Runs</dt>
    <dd>${isOutdated ? 'an earlier deployment' : 'what is deployed'}</dd>
    ${
      deprecation === undefined
        ? nothing
        : html`<dt>Deprecated</dt>
            <dd>since ${dateWords(deprecation.since)}</dd>`
    }
  </dl>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-component-lifecycle': PbComponentLifecycle;
  }
}
