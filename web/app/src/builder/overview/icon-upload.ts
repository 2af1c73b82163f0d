import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { tile, type TileLook } from '../../ui/tile/tile.ts';
import '../../ui/button/button.ts';
import { readIcon } from './read-icon.ts';

/**
 * @summary The icon of a connector: drop or choose a PNG or SVG; seen at 64 pixels and as the tiles of cards and steps show it.
 * @event pb-change - detail is the data URI, `''` when it was removed.
 */
@customElement('pb-icon-upload')
export class PbIconUpload extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .drop {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: 16px;
        padding: 16px;
        border: 1px dashed var(--control);
        border-radius: var(--r-card);
      }
      .drop.is-over {
        border-color: var(--accent);
        background: var(--accent-tint);
      }
      .drop.is-off {
        border-style: solid;
        border-color: var(--hairline);
      }
      .big {
        display: grid;
        place-items: center;
        width: 64px;
        height: 64px;
        border-radius: var(--r-card);
        background: var(--sunken);
        color: var(--text-3);
        flex: none;
      }
      .big img {
        width: 64px;
        height: 64px;
        object-fit: contain;
      }
      .sizes {
        display: flex;
        align-items: center;
        gap: 12px;
      }
      .words {
        flex: 1;
        min-width: 180px;
      }
      input {
        display: none;
      }
    `,
  ];

  /** The tile as it will look. */
  @property({ attribute: false }) look: TileLook = {};
  @property({ type: Boolean }) disabled = false;
  /** What the server said about the stored one. */
  @property() error?: string;

  @state() private problem = '';
  @state() private isOver = false;
  @query('input') private readonly input!: HTMLInputElement;

  private async take(file: File | undefined): Promise<void> {
    if (file === undefined || this.disabled) return;
    const choice = await readIcon(file);
    this.problem = 'problem' in choice ? choice.problem : '';
    if ('dataUri' in choice) this.emitLocal('pb-change', choice.dataUri);
  }

  private handleDrop(event: DragEvent): void {
    event.preventDefault();
    this.isOver = false;
    void this.take(event.dataTransfer?.files[0]);
  }

  private renderButtons(): TemplateResult | typeof nothing {
    if (this.disabled) return nothing;
    return html`<div class="row">
      <pb-button
        size="small"
        icon="upload"
        @click=${() => {
          this.input.value = '';
          this.input.click();
        }}
        >Choose a file</pb-button
      >
      ${
        this.look.dataUri === undefined
          ? nothing
          : html`<pb-button
              size="small"
              variant="ghost"
              @click=${() => {
                this.problem = '';
                this.emitLocal('pb-change', '');
              }}
              >Remove icon</pb-button
            >`
      }
      <input
        type="file"
        accept="image/png,image/svg+xml,.png,.svg"
        aria-label="Icon file"
        @change=${() => this.take(this.input.files?.[0])}
      />
    </div>`;
  }

  protected override render(): TemplateResult {
    const { look } = this;
    const problem = this.problem === '' ? this.error : this.problem;
    return html`<div
        class="drop ${this.isOver ? 'is-over' : ''} ${this.disabled ? 'is-off' : ''}"
        @dragover=${(event: DragEvent) => {
          event.preventDefault();
          this.isOver = !this.disabled;
        }}
        @dragleave=${() => {
          this.isOver = false;
        }}
        @drop=${this.handleDrop}
      >
        <span class="big"
          >${look.dataUri === undefined ? icon('upload', 20) : html`<img src=${look.dataUri} width="64" height="64" alt="Icon at 64 pixels" />`}</span
        >
        <span class="sizes" title="As tiles show it">${tile(look, 40)}${tile(look, 28)}</span>
        <div class="words">
          <p class="help">
            PNG or SVG, best 64 × 64 pixels.${this.disabled ? nothing : html` Drop it here, or choose it.`}
          </p>
        </div>
        ${this.renderButtons()}
      </div>
      ${problem ? html`<p class="help help-bad" role="alert">${icon('circle-alert', 12)}<span>${problem}</span></p>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-icon-upload': PbIconUpload;
  }
}
