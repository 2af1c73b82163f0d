import { Task } from '@lit/task';
import type { RouteResponse } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { rowsOf } from '../../api/rows.ts';
import { plural } from '../../format/numbers.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { PagedScreen } from '../../shell/paged-screen.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { cardStyles } from '../../ui/card/card-styles.ts';
import { connectorCard } from './connector-card.ts';
import { chosenValues, facets, withValue, type Facet } from './marketplace-facets.ts';
import { marketplaceStyles } from './marketplace.styles.ts';
import '../../ui/button/button.ts';
import '../../ui/checkbox/checkbox.ts';
import '../../ui/empty/empty.ts';
import '../../ui/menu/menu.ts';
import '../../ui/search/search.ts';

const pageSize = 60;

type Found = RouteResponse<'searchMarketplace'>;

/** Orders of the cards; the first is that of the search itself. */
const orders = [
  { id: '', label: 'Best match' },
  { id: 'name', label: 'Name' },
  { id: '-newest', label: 'Newest' },
  { id: '-used', label: 'Most used' },
] as const;

/**
 * @summary All connectors: search over names and operations, facets, cards.
 */
@customElement('pb-marketplace-screen')
export class PbMarketplaceScreen extends PagedScreen {
  static override styles = [baseStyles, cardStyles, marketplaceStyles];

  private readonly load = new Task(this, {
    task: ([query, sort, from, chosen], { signal }): Promise<Found> => {
      const values = chosen.split('\n');
      const filters = facets.map(({ name }, index) => [name, [...chosenValues(values[index] ?? '')]] as const);
      const filled = Object.fromEntries(filters.filter(([, wanted]) => wanted.length > 0));
      return this.app.api.call('searchMarketplace', {
        query: { query, sort, from, size: pageSize, ...filled },
        signal,
      });
    },
    args: () =>
      [
        ...([this.query('q'), this.query('sort'), this.from] as const),
        facets.map(({ name }) => this.query(name)).join('\n'),
        this.app.connection.returned.get(),
      ] as const,
  });

  private renderFacet(facet: Facet, found: Found): TemplateResult | typeof nothing {
    const chosen = this.query(facet.name);
    const counted = found.facets[facet.name] ?? [];
    // What is chosen stays, so that it can be given up.
    const gone = chosenValues(chosen).filter((value) => counted.every((each) => each.value !== value));
    const values = [...counted, ...gone.map((value) => ({ value, count: 0 }))];
    if (values.length === 0) return nothing;
    const isOn = (value: string): boolean => chosenValues(chosen).includes(value);
    return html`<section>
      <h2 class="over">${facet.label}</h2>
      <ul>
        ${repeat(
          values,
          ({ value }) => value,
          ({ value, count }) =>
            html`<li>
              <pb-checkbox
                .label=${facet.word(value)}
                .count=${count}
                ?checked=${isOn(value)}
                @pb-change=${(event: CustomEvent<boolean>) => {
                  const wanted = withValue(chosen, value, event.detail);
                  this.app.router.setQuery({ [facet.name]: wanted, from: undefined });
                }}
              ></pb-checkbox>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  private renderEmpty(): TemplateResult {
    const search = this.query('q');
    return html`<pb-empty
      heading=${search === '' ? 'No connector fits' : `No connector for “${search}”`}
      drawing="connections"
    >
      ${
        this.app.session.canAuthor()
          ? html`You can teach Patchbay any API with a description or step by step. The HTTP connector can call one as
              it is. <pb-button slot="actions" icon="plus" href="/app/connectors/new">Make your own</pb-button>`
          : 'The HTTP connector can call any API that has none of its own.'
      }
      <pb-button slot="actions" href="/app/marketplace/http">Open the HTTP connector</pb-button>
      <pb-button slot="actions" href="/app/marketplace">Show all</pb-button>
    </pb-empty>`;
  }

  private renderFound(found: Found): TemplateResult {
    const { rows, total } = rowsOf(found);
    const search = this.query('q');
    return html`<div class="grid">
      <aside class="facets" aria-label="Filters">${facets.map((facet) => this.renderFacet(facet, found))}</aside>
      <div>
        ${
          rows.length === 0
            ? this.renderEmpty()
            : html`<ul class="cards">
                ${repeat(
                  rows,
                  (connector) => connector.slug,
                  (connector) => html`<li>${connectorCard(connector, search)}</li>`,
                )}
              </ul>`
        }
        ${total > pageSize ? this.renderPager({ noun: 'connectors', size: pageSize, total }) : nothing}
      </div>
    </div>`;
  }

  private get resultWords(): string {
    const { value } = this.load;
    if (value === undefined || this.query('q') === '') return '';
    const { rows, total } = rowsOf(value);
    const operations = rows.reduce((sum, row) => sum + (row.matchedOperations?.length ?? 0), 0);
    return operations === 0
      ? plural(total, 'connector')
      : `${plural(total, 'connector')}, ${plural(operations, 'operation')}`;
  }

  private renderOrder(): TemplateResult {
    const sort = this.query('sort');
    return html`<pb-menu
      variant="secondary"
      label=${orders.find(({ id }) => id === sort)?.label ?? 'Order'}
      .items=${orders.map((order) => ({ ...order, checked: order.id === sort }))}
      @pb-menu-select=${(event: CustomEvent<string>) => {
        this.app.router.setQuery({ sort: event.detail === '' ? undefined : event.detail, from: undefined });
      }}
    ></pb-menu>`;
  }

  protected override render(): TemplateResult {
    const found = this.load.value;
    const total = found === undefined ? undefined : rowsOf(found).total;
    const operations = found === undefined ? 0 : rowsOf(found).rows.reduce((sum, row) => sum + row.operationCount, 0);
    return html`<div class="page-in page-wide">
      <div class="page-head">
        <div class="grow">
          <h1 class="h1">Marketplace</h1>
          <p class="sub">
            ${total === undefined ? '\u00a0' : `${plural(total, 'connector')}, ${plural(operations, 'operation')}`}
          </p>
        </div>
        ${
          this.app.session.canAuthor()
            ? html`<pb-button icon="plus" href="/app/connectors/new">Make your own</pb-button>`
            : nothing
        }
      </div>
      <div class="top">
        <pb-search
          class="grow"
          label="Search connectors and operations"
          placeholder="What should it do? Try “send mail” or “rows”"
          .value=${this.query('q')}
          .result=${this.resultWords}
          @pb-search=${(event: CustomEvent<string>) => {
            this.app.router.setQuery({ q: event.detail, from: undefined });
          }}
        ></pb-search>
        ${this.renderOrder()}
      </div>
      ${renderLoaded(this.load, {
        subject: 'Connectors',
        skeleton: html`<pb-skeleton shape="cards" count="6"></pb-skeleton>`,
        complete: (answer) => this.renderFound(answer),
      })}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-marketplace-screen': PbMarketplaceScreen;
  }
}
