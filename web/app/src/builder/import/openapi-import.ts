import type { ImportedOperation, OpenApiPreview } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { problemSentence } from '../../problems/describe-problem.ts';
import type { AppContext } from '../../shell/app-context.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { glyph } from '../../ui/glyph/glyph.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import {
  chosenAtFirst,
  filtered,
  importStateWords,
  stateCounts,
  tagsOf,
  withChoice,
  type ImportFilter,
  type ImportState,
} from './import-choice.ts';
import { renderDetail, renderSummary } from './import-detail.ts';
import { importStyles } from './import-styles.ts';
import type { DescriptionSource } from './import-source.ts';
import type { ImportDone } from './open-import-dialog.ts';
import '../../ui/button/button.ts';
import '../../ui/checkbox/checkbox.ts';
import '../../ui/dialog/dialog.ts';
import '../../ui/search/search.ts';
import '../../ui/select/select.ts';
import './import-list.ts';
import './import-source.ts';

const noFilter: ImportFilter = { text: '', tag: '', state: 'all' };

/**
 * @summary The import of an OpenAPI description: source, then what it holds, then the chosen operations become a connector or go
 * into one. Nothing that was edited by hand is overwritten unless it is chosen.
 * @event pb-import-end - detail is an {@link ImportDone}, or nothing when the person closed it.
 */
@customElement('pb-openapi-import')
export class PbOpenapiImport extends PbElement {
  static override styles = [baseStyles, importStyles];

  /** Set by {@link openImportDialog}: the dialog stands outside of the app element. */
  @property({ attribute: false }) app!: AppContext;
  /** Into which connector; absent: a new one. */
  @property() connector?: string;

  @state() private source: DescriptionSource | undefined;
  @state() private preview: OpenApiPreview | undefined;
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private gone: ReadonlySet<string> = new Set();
  @state() private filter: ImportFilter = noFilter;
  @state() private cursor = '';
  @state() private takesIdentity = false;
  @state() private phase: 'source' | 'reading' | 'choosing' | 'importing' = 'source';
  @state() private failure = '';
  @query('pb-search') private readonly search?: HTMLElement;
  private stopper: AbortController | undefined;

  private end(done?: ImportDone): void {
    this.stopper?.abort();
    this.emitLocal('pb-import-end', done);
  }

  private async read(source: DescriptionSource): Promise<void> {
    this.source = source;
    this.phase = 'reading';
    this.failure = '';
    this.stopper = new AbortController();
    try {
      const body = { source: source.source, ...(this.connector !== undefined && { connector: this.connector }) };
      const preview = await this.app.api.call('previewOpenApi', { body, signal: this.stopper.signal });
      this.preview = preview;
      this.chosen = chosenAtFirst(preview);
      this.cursor = preview.operations[0]?.key ?? '';
      this.phase = 'choosing';
      void this.updateComplete.then(() => this.search?.focus());
    } catch (error) {
      this.phase = 'source';
      if (!this.stopper.signal.aborted) this.failure = problemSentence(error);
    }
  }

  private async import(): Promise<void> {
    if (this.source === undefined || this.preview === undefined) return;
    this.phase = 'importing';
    this.failure = '';
    const { source, name } = this.source;
    const body = {
      source: { ...source, ...(name !== '' && { name: name.slice(0, 200) }) },
      operations: [...this.chosen],
    };
    const { api, toasts } = this.app;
    try {
      const { _id } =
        this.connector === undefined
          ? await api.call('importOpenApi', { body: { ...body, take_identity: true } })
          : await api.call('importOpenApiInto', {
              params: { id: this.connector },
              body: { ...body, take_identity: this.takesIdentity },
            });
      toasts.show(this.chosen.size === 1 ? '1 operation is imported' : `${this.chosen.size} operations are imported`);
      this.end({ id: _id, removed: [...this.gone] });
    } catch (error) {
      this.phase = 'choosing';
      this.failure = problemSentence(error);
    }
  }

  private toggle(found: ImportedOperation): void {
    this.chosen = withChoice(this.chosen, [found], !this.chosen.has(found.key));
  }

  private narrow(change: Partial<ImportFilter>): void {
    this.filter = { ...this.filter, ...change };
  }

  private renderFailure(): TemplateResult | typeof nothing {
    if (this.failure === '') return nothing;
    return html`<div class="note note-danger" role="alert">${icon('circle-alert')}<span>${this.failure}</span></div>`;
  }

  private renderSource(): TemplateResult {
    return html`<pb-import-source
        ?hidden=${this.phase === 'reading'}
        @pb-source=${(event: CustomEvent<DescriptionSource>) => void this.read(event.detail)}
      ></pb-import-source>
      ${
        this.phase === 'reading'
          ? html`<div class="reading" role="status">
              ${glyph('running')}<span class="grow">Reading ${this.source?.name ?? 'the description'}</span>
              <pb-button size="small" @click=${() => this.stopper?.abort()}>Stop</pb-button>
            </div>`
          : nothing
      }
      ${this.renderFailure()}`;
  }

  private renderFilters(preview: OpenApiPreview): TemplateResult {
    const tags = tagsOf(preview.operations);
    const counts = stateCounts(preview.operations);
    const states = (Object.keys(counts) as ImportState[]).filter((state) => counts[state] > 0);
    return html`<div class="filters">
      <pb-search
        label="Find an operation"
        placeholder="Find by name or path"
        .value=${this.filter.text}
        @pb-search=${(event: CustomEvent<string>) => {
          this.narrow({ text: event.detail });
        }}
      ></pb-search>
      ${
        tags.length < 2
          ? nothing
          : html`<pb-select
              chip="Tag"
              label="Tag"
              .value=${this.filter.tag || 'any'}
              .options=${[{ value: 'any', label: 'any' }, ...tags.map(({ tag, count }) => ({ value: tag, label: `${tag} (${count})` }))]}
              @pb-change=${(event: CustomEvent<string>) => {
                this.narrow({ tag: event.detail === 'any' ? '' : event.detail });
              }}
            ></pb-select>`
      }
      ${
        states.length < 2
          ? nothing
          : html`<pb-select
              chip="State"
              label="State"
              .value=${this.filter.state}
              .options=${[{ value: 'all', label: 'any' }, ...states.map((state) => ({ value: state, label: `${importStateWords[state]} (${counts[state]})` }))]}
              @pb-change=${(event: CustomEvent<ImportFilter['state']>) => {
                this.narrow({ state: event.detail });
              }}
            ></pb-select>`
      }
    </div>`;
  }

  private renderChoice(preview: OpenApiPreview): TemplateResult {
    const shown = filtered(preview.operations, this.filter);
    const usable = shown.filter(({ operation }) => operation !== undefined);
    const chosenHere = usable.filter(({ key }) => this.chosen.has(key)).length;
    const isAll = usable.length > 0 && chosenHere === usable.length;
    const set = (isChosen: boolean): void => {
      this.chosen = withChoice(this.chosen, shown, isChosen);
    };
    return html`${renderSummary(preview)} ${this.renderFilters(preview)}
      <div class="pick">
        <div class="left">
          <pb-checkbox
            label=${shown.length === preview.operations.length ? 'All operations' : 'All that are shown'}
            .count=${shown.length}
            ?checked=${isAll}
            @pb-change=${(event: CustomEvent<boolean>) => {
              set(event.detail);
            }}
          ></pb-checkbox>
          <pb-import-list
            .operations=${shown}
            .chosen=${this.chosen}
            .cursor=${this.cursor}
            ?compare=${this.connector !== undefined}
            @pb-row-focus=${(event: CustomEvent<ImportedOperation>) => {
              this.cursor = event.detail.key;
            }}
            @pb-row-toggle=${(event: CustomEvent<ImportedOperation>) => {
              this.toggle(event.detail);
            }}
            @pb-choose-all=${() => {
              set(!isAll);
            }}
          ></pb-import-list>
        </div>
        <aside class="detail" aria-label="Operation" tabindex="0">
          ${renderDetail(shown.find(({ key }) => key === this.cursor) ?? shown[0])}
        </aside>
      </div>
      ${this.renderRemoved(preview)} ${this.renderIdentity(preview)} ${this.renderFailure()}`;
  }

  private renderRemoved({ removed }: OpenApiPreview): TemplateResult | typeof nothing {
    if (removed.length === 0 || this.connector === undefined) return nothing;
    return html`<details class="gone">
      <summary>
        ${icon('chevron-right', 14)}${removed.length === 1 ? '1 operation is' : `${removed.length} operations are`} no
        longer in the description
      </summary>
      <p class="help">They stay, unless you choose to remove them.</p>
      ${removed.map(
        (name) =>
          html`<pb-checkbox
            label="Remove ${name}"
            ?checked=${this.gone.has(name)}
            @pb-change=${(event: CustomEvent<boolean>) => {
              const gone = new Set(this.gone);
              if (event.detail) gone.add(name);
              else gone.delete(name);
              this.gone = gone;
            }}
          ></pb-checkbox>`,
      )}
    </details>`;
  }

  private renderIdentity({ base_url: url }: OpenApiPreview): TemplateResult | typeof nothing {
    if (this.connector === undefined) return nothing;
    return html`<pb-checkbox
      label="Also take name, base URL and authentication from the description"
      help=${url === '' ? 'Yours stay otherwise.' : `Yours stay otherwise. The base URL would be ${url}.`}
      ?checked=${this.takesIdentity}
      @pb-change=${(event: CustomEvent<boolean>) => {
        this.takesIdentity = event.detail;
      }}
    ></pb-checkbox>`;
  }

  private renderFoot(): TemplateResult {
    const count = this.chosen.size;
    const action = this.connector === undefined ? 'Create the connector' : 'Import';
    return html`<pb-button
        slot="foot"
        @click=${() => {
          this.phase = 'source';
          this.preview = undefined;
        }}
        >Another description</pb-button
      >
      <span slot="foot" class="chosen t2 num" role="status"
        >${count === 1 ? '1 operation' : `${count} operations`} chosen</span
      >
      <pb-button
        slot="foot"
        variant="primary"
        ?busy=${this.phase === 'importing'}
        ?disabled=${count === 0 && this.gone.size === 0}
        @click=${() => void this.import()}
        >${action}</pb-button
      >`;
  }

  protected override render(): TemplateResult {
    const { preview } = this;
    return html`<pb-dialog
      heading=${preview === undefined ? 'Import an OpenAPI description' : `Import ${preview.name}`}
      open
      wide
      class=${preview === undefined ? '' : 'is-large'}
      @pb-dialog-close=${() => {
        this.end();
      }}
    >
      ${preview === undefined ? this.renderSource() : this.renderChoice(preview)}
      ${preview === undefined ? nothing : this.renderFoot()}
    </pb-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-openapi-import': PbOpenapiImport;
  }
}
