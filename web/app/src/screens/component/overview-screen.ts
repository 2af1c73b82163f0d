import type { FlowBranch } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { exactTime, timeAgo } from '../../format/time.ts';
import { badge } from '../../ui/badge/badge.ts';
import { icon } from '../../ui/icon/icon.ts';
import { checkOut } from './branch-commands.ts';
import type { Component } from './component-data.ts';
import { ComponentScreen } from './component-screen.ts';
import './branch-dialog.ts';

/**
 * @summary Overview of a component: its branches with Edit Code, and its API versions (CH-19).
 */
@customElement('pb-component-overview')
export class PbComponentOverview extends ComponentScreen {
  protected readonly page = 'overview';
  protected readonly heading = 'Overview';

  @state() private isMakingBranch = false;

  private async edit({ flow }: Component, branch: FlowBranch): Promise<void> {
    const place = { flowId: flow.id, revision: flow.revision };
    const isDone = branch.current || (await this.act(() => checkOut(this.app, place, branch.name)));
    if (isDone) this.app.router.navigate(`/flows/${flow.id}`);
  }

  private renderBranch(component: Component, branch: FlowBranch): TemplateResult {
    const { name, current, versions, updated } = branch;
    return html`<tr>
      <td class="first">
        ${icon('git-branch', 14)} <span class="medium">${name}</span>
        ${current ? html`<span class="tag">in the editor</span>` : nothing}
      </td>
      <td>${versions.length === 0 ? html`<span class="t3">none</span>` : versions.join(', ')}</td>
      <td title=${exactTime(updated)}>${timeAgo(updated)}</td>
      <td class="r last">
        ${
          this.app.session.canEdit()
            ? html`<pb-button size="small" ?disabled=${this.isBusy} @click=${() => this.edit(component, branch)}
                >Edit Code<span class="vh"> of ${name}</span></pb-button
              >`
            : nothing
        }
      </td>
    </tr>`;
  }

  private renderBranches(component: Component): TemplateResult {
    return html`<section aria-labelledby="branches">
      <header class="row">
        <h2 class="h2 grow" id="branches">Branches</h2>
        ${
          this.app.session.canEdit()
            ? html`<pb-button
                size="small"
                icon="git-branch"
                @click=${() => {
                  this.isMakingBranch = true;
                }}
                >New branch</pb-button
              >`
            : nothing
        }
      </header>
      <table class="table" aria-labelledby="branches">
        <thead>
          <tr>
            <th class="first">Branch</th>
            <th>API versions</th>
            <th>Changed</th>
            <th class="r last"><span class="vh">Actions</span></th>
          </tr>
        </thead>
        <tbody>
          ${component.branches.map((branch) => this.renderBranch(component, branch))}
        </tbody>
      </table>
    </section>`;
  }

  private renderVersions({ flow, versions }: Component): TemplateResult {
    return html`<section class="card" aria-labelledby="versions">
      <div class="card-head"><h2 class="h2" id="versions">API versions</h2></div>
      <div class="card-in">
        ${
          versions.length === 0
            ? html`<p class="t2">None yet. <a href="/app/flows/${flow.id}/deploy">Create one on Deploy.</a></p>`
            : html`<ul>
                ${versions.map(
                  ({ version, connector, deployed_number: deployed }) =>
                    html`<li class="act">
                      <a class="medium num grow" href="/app/flows/${flow.id}/lifecycle?version=${version}"
                        >${version}</a
                      >
                      ${
                        connector === undefined
                          ? html`<span class="t2">${deployed === undefined ? 'not deployed' : 'deployed'}</span>`
                          : badge('stage', connector.stage)
                      }
                    </li>`,
                )}
              </ul>`
        }
      </div>
    </section>`;
  }

  protected override renderPage(component: Component): TemplateResult {
    return html`<div class="cols">${this.renderBranches(component)}${this.renderVersions(component)}</div>
      <pb-branch-dialog
        .flowId=${component.flow.id}
        .branches=${component.branches}
        ?open=${this.isMakingBranch}
        @pb-dialog-close=${() => {
          this.isMakingBranch = false;
        }}
        @pb-branch-made=${(event: CustomEvent<string>) => {
          this.isMakingBranch = false;
          this.app.toasts.show(`The branch ${event.detail} is made.`);
          void this.load.run();
        }}
      ></pb-branch-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-component-overview': PbComponentOverview;
  }
}
