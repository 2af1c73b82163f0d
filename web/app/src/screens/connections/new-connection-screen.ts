import { Task } from '@lit/task';
import type { ConnectorSummary } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { rowsOf } from '../../api/rows.ts';
import type { SavedConnection } from '../../connections/connection-form.ts';
import { authWord } from '../../format/words.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { connectorLook } from '../../ui/tile/connector-look.ts';
import { tile } from '../../ui/tile/tile.ts';
import '../../connections/connection-form.ts';
import '../../ui/button/button.ts';
import '../../ui/empty/empty.ts';
import '../../ui/search/search.ts';

/**
 * @summary Make a connection: choose the connector, then fill in its credentials (`?connector=` skips the choice).
 */
@customElement('pb-new-connection-screen')
export class PbNewConnectionScreen extends ScreenElement {
  static override styles = [
    baseStyles,
    css`
      .narrow {
        max-width: 560px;
      }
      .back {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: 24px;
        margin-bottom: 8px;
        color: var(--text-2);
      }
      .choices {
        margin-top: 12px;
      }
      .choice {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 10px 14px;
        color: var(--text);
        border-bottom: 1px solid var(--hairline);
      }
      .choices > :last-child .choice {
        border: 0;
      }
      .choice:hover {
        background: var(--hover);
        text-decoration: none;
      }
      .who {
        display: flex;
        align-items: center;
        gap: 12px;
        margin-bottom: 20px;
      }
      form,
      pb-connection-form {
        display: block;
      }
    `,
  ];

  @state() private text = '';

  private readonly load = new Task(this, {
    task: async ([,], { signal }): Promise<readonly ConnectorSummary[]> =>
      rowsOf(await this.app.api.call('searchConnectors', { query: { size: 200, sort: 'name' }, signal })).rows,
    args: () => [this.app.connection.returned.get()] as const,
  });

  private renderChoices(connectors: readonly ConnectorSummary[]): TemplateResult {
    const words = this.text.toLowerCase();
    const shown = connectors.filter(({ name, description, category }) =>
      `${name} ${description} ${category}`.toLowerCase().includes(words),
    );
    return html`<pb-search
        label="Find a connector"
        placeholder="Find a connector"
        .value=${this.text}
        @pb-search=${(event: CustomEvent<string>) => {
          this.text = event.detail;
        }}
      ></pb-search>
      ${
        shown.length === 0
          ? html`<pb-empty heading="No connector fits" drawing="search"
              >Try another word, or look in the marketplace.</pb-empty
            >`
          : html`<ul class="card choices">
              ${shown.map(
                (connector) =>
                  html`<li>
                    <a class="choice" href="/app/connections/new?connector=${connector.slug}"
                      >${tile(connectorLook(connector))}<span class="grow"
                        ><span class="medium">${connector.name}</span><br /><span class="t2 small"
                          >${connector.description}</span
                        ></span
                      ><span class="small t3 nowrap">${connector.authTypes.map(authWord).join(', ')}</span></a
                    >
                  </li>`,
              )}
            </ul>`
      }`;
  }

  private renderForm(slug: string, connectors: readonly ConnectorSummary[]): TemplateResult {
    const { router, toasts } = this.app;
    const connector = connectors.find((candidate) => candidate.slug === slug);
    return html`${
        connector === undefined
          ? nothing
          : html`<div class="who">
              ${tile(connectorLook(connector), 40)}
              <div>
                <p class="h2">${connector.name}</p>
                <p class="t2">${connector.description}</p>
              </div>
            </div>`
      }
      <pb-connection-form
        .connector=${slug}
        @pb-connection-saved=${(event: CustomEvent<SavedConnection>) => {
          toasts.show(`${event.detail.name} is saved`);
          router.navigate(this.query('next') || '/connections');
        }}
        @pb-cancel=${() => {
          router.navigate('/connections');
        }}
      ></pb-connection-form>`;
  }

  protected override render(): TemplateResult {
    const slug = this.query('connector');
    return html`<div class="page-in">
      <a class="back" href=${slug === '' ? '/app/connections' : '/app/connections/new'}>
        ${icon('arrow-left', 14)}${slug === '' ? 'Connections' : 'Another connector'}
      </a>
      <div class="page-head"><h1 class="h1">${slug === '' ? 'Connect a system' : 'New connection'}</h1></div>
      <div class="narrow">
        ${renderLoaded(this.load, {
          subject: 'Connectors',
          complete: (connectors) => (slug === '' ? this.renderChoices(connectors) : this.renderForm(slug, connectors)),
        })}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-new-connection-screen': PbNewConnectionScreen;
  }
}
