import type { ApiVersion } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { exactTime } from '../../format/time.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { Component } from './component-data.ts';
import { ComponentScreen } from './component-screen.ts';
import { createNew, versionSelect } from './version-select.ts';
import '../../ui/copy-field/copy-field.ts';
import '../../ui/empty/empty.ts';
import './version-dialog.ts';

/**
 * @summary Deploy: choose or create an API version, and let it run its branch (CH-20 to CH-22).
 */
@customElement('pb-component-deploy')
export class PbComponentDeploy extends ComponentScreen {
  protected readonly page = 'deploy';
  protected readonly heading = 'Deploy';

  @state() private isCreating = false;

  private handleChoice(version: string): void {
    if (version === createNew) this.isCreating = true;
    else this.choose(version);
  }

  private async deploy({ version }: ApiVersion): Promise<void> {
    const params = { id: this.flowId, version };
    await this.act(async () => {
      const { number } = await this.app.api.call('deployApiVersion', { params, body: { note: '' } });
      this.app.toasts.show(`${version} is deployed as v${number}.`);
    });
  }

  private renderFacts(version: ApiVersion): TemplateResult {
    const { deployed_number: number, deployed_at: at, endpoint } = version;
    return html`<dl class="facts">
        <dt>Version</dt>
        <dd class="num">${version.version}</dd>
        <dt>Branch</dt>
        <dd>${icon('git-branch', 12)} ${version.source_ref}</dd>
        <dt>Created</dt>
        <dd>${exactTime(version.created)} by ${version.created_by}</dd>
        <dt>Deployed</dt>
        <dd>${number === undefined || at === undefined ? 'not yet' : html`v${number}, ${exactTime(at)}`}</dd>
      </dl>
      ${
        endpoint === undefined
          ? nothing
          : html`<div>
              <p class="label">Endpoint</p>
              <pb-copy-field label="endpoint" .value=${endpoint}></pb-copy-field>
            </div>`
      }`;
  }

  private renderState({ deployed_number: number, has_undeployed_changes: hasChanges }: ApiVersion): TemplateResult {
    const [mark, words] =
      number === undefined
        ? (['circle-dashed', 'Not deployed.'] as const)
        : hasChanges
          ? (['git-compare', 'The branch was changed since.'] as const)
          : (['circle-check', 'The branch as it is now is deployed.'] as const);
    return html`<p class="row" role="status">${icon(mark)}${words}</p>`;
  }

  private renderBuild({ flow }: Component, version: ApiVersion): TemplateResult {
    const isPublic = version.connector?.visibility === 'catalogue';
    const refusal = isPublic
      ? 'A public version cannot be changed: create a new version.'
      : this.app.session.canEdit()
        ? ''
        : 'Your role does not allow this.';
    return html`<section class="card" aria-labelledby="build">
      <div class="card-head"><h2 class="h2" id="build">Build Area</h2></div>
      <div class="card-in">
        ${this.renderState(version)}
        ${
          version.exposed
            ? nothing
            : html`<div class="note">
                ${icon('info')}
                <p>
                  Its flow is not called over HTTP, so no connector can be made of it.
                  <a href="/app/flows/${flow.id}?step=trigger">Give it a webhook trigger.</a>
                </p>
              </div>`
        }
        <pb-button
          block
          variant="primary"
          ?disabled=${refusal !== ''}
          ?busy=${this.isBusy}
          @click=${() => this.deploy(version)}
          >Deploy</pb-button
        >
        ${refusal === '' ? nothing : html`<p class="small t2">${refusal}</p>`}
        ${
          version.deployed_number === undefined
            ? nothing
            : html`<a href="/app/flows/${flow.id}/lifecycle?version=${version.version}">Go to Lifecycle</a>`
        }
      </div>
    </section>`;
  }

  private renderChosen(component: Component, version: ApiVersion | undefined): TemplateResult {
    if (version === undefined) {
      return html`<pb-empty heading="No API version yet" drawing="flows"
        >Choose “+ Create New”: a version is built from a branch.</pb-empty
      >`;
    }
    return html`<div class="cols">
      <section class="card" aria-labelledby="version">
        <div class="card-head"><h2 class="h2" id="version">API version ${version.version}</h2></div>
        <div class="card-in">${this.renderFacts(version)}</div>
      </section>
      ${this.renderBuild(component, version)}
    </div>`;
  }

  protected override renderPage(component: Component): TemplateResult {
    const { flow, branches, versions } = component;
    const chosen = this.chosenOf(component);
    return html`${versionSelect(versions, chosen, {
        canCreate: this.app.session.canEdit(),
        onChoose: (version) => {
          this.handleChoice(version);
        },
      })}
      ${this.renderChosen(component, chosen)}
      <pb-version-dialog
        .flowId=${flow.id}
        .branches=${branches}
        .versions=${versions}
        ?open=${this.isCreating}
        @pb-dialog-close=${() => {
          this.isCreating = false;
        }}
        @pb-version-made=${(event: CustomEvent<string>) => {
          this.isCreating = false;
          this.choose(event.detail);
          void this.load.run();
        }}
      ></pb-version-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-component-deploy': PbComponentDeploy;
  }
}
