import { Task } from '@lit/task';
import type { ApiVersion } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { badge } from '../../ui/badge/badge.ts';
import { loadComponent, type Component } from './component-data.ts';
import { componentStyles } from './component-styles.ts';
import '../../ui/button/button.ts';
import '../../ui/menu/menu.ts';

/** Pages of a component: the last part of their address. */
export type ComponentPage = 'overview' | 'deploy' | 'lifecycle';

/** Base of the pages of a component: loads it, draws head and tabs, and keeps the chosen API version in the address. */
export abstract class ComponentScreen extends ScreenElement {
  static override styles = [baseStyles, componentStyles];

  @property() flowId = '';

  @state() protected isBusy = false;

  protected abstract readonly page: ComponentPage;
  protected abstract readonly heading: string;

  protected readonly load = new Task(this, {
    task: async ([id], { signal }): Promise<Component> => {
      const component = await loadComponent(this.app.api, id, signal);
      this.app.setTitle(`${component.flow.name}: ${this.heading}`);
      return component;
    },
    args: () => [this.flowId, this.app.connection.returned.get()] as const,
  });

  /** The version that the page is about: that of the address, else the newest. */
  protected chosenOf({ versions }: Component): ApiVersion | undefined {
    const wanted = this.query('version');
    return versions.find(({ version }) => version === wanted) ?? versions[0];
  }

  protected choose(version: string): void {
    this.app.router.setQuery({ version });
  }

  /** Does something, then reads the component again. Refusals become toasts. True: it was done. */
  protected async act(work: () => Promise<unknown>): Promise<boolean> {
    this.isBusy = true;
    try {
      await work();
      await this.load.run();
      return true;
    } catch (error) {
      this.app.toasts.showProblem(error);
      return false;
    } finally {
      this.isBusy = false;
    }
  }

  protected abstract renderPage(component: Component): TemplateResult;

  /** Another page about the same version. */
  private pathOf(page: string): string {
    const version = this.query('version');
    return `/flows/${this.flowId}/${page}${version === '' ? '' : `?version=${encodeURIComponent(version)}`}`;
  }

  private renderTab(page: ComponentPage, label: string): TemplateResult {
    const isOn = this.page === page;
    return html`<a href="/app${this.pathOf(page)}" class=${isOn ? 'is-on' : ''} aria-current=${isOn ? 'page' : nothing}
      >${label}</a
    >`;
  }

  private renderHead(flow: Component['flow']): TemplateResult {
    return html`<div class="page-head">
        <div class="grow">
          <div class="crumb small">
            <a href="/app/flows">Flows</a><span class="sep">/</span><span>${this.heading}</span>
          </div>
          <div class="title">
            <h1 class="h1">${flow.name}</h1>
            ${badge('flow', flow.state)}
          </div>
        </div>
        <pb-button icon="square-pen" href="/app/flows/${flow.id}">Edit Code</pb-button>
      </div>
      <nav class="tabs" aria-label="Component">
        ${this.renderTab('overview', 'Overview')}${this.renderTab('deploy', 'Deploy')}
        <span class="manage ${this.page === 'lifecycle' ? 'is-on' : ''}"
          ><pb-menu
            label="Manage"
            align="start"
            .items=${[{ id: 'lifecycle', label: 'Lifecycle', icon: 'history' }]}
            @pb-menu-select=${(event: CustomEvent<string>) => {
              this.app.router.navigate(this.pathOf(event.detail));
            }}
          ></pb-menu
        ></span>
      </nav>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="page-in">
      ${this.load.value === undefined ? html`<h1 class="vh">${this.heading}</h1>` : nothing}
      ${renderLoaded(this.load, {
        subject: 'The component',
        skeleton: html`<pb-skeleton shape="text" count="5"></pb-skeleton>`,
        complete: (component) => html`${this.renderHead(component.flow)}${this.renderPage(component)}`,
      })}
    </div>`;
  }
}
