import { css, html, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../icon/icon.ts';
import type { IconName } from '../icon/icon-names.ts';
import { PbElement } from '../pb-element.ts';
import '../button/button.ts';

/**
 * @summary A place to drop a file, with a button that chooses one.
 * @event pb-file - detail is the file.
 */
@customElement('pb-drop-zone')
export class PbDropZone extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .drop {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 14px 16px;
        border: 1px dashed var(--control);
        border-radius: var(--r-card);
      }
      .drop.is-tall {
        flex-direction: column;
        gap: 10px;
        padding: 36px 16px;
        text-align: center;
      }
      .drop.is-over {
        background: var(--accent-tint);
        border-color: var(--accent);
      }
      .words {
        flex: 1;
      }
    `,
  ];

  /** Name of the file that is wanted, for screen readers. */
  @property() label = 'File';
  /** What may be dropped here. */
  @property() words = 'Drop a file here';
  @property() accept = '';
  @property() icon: IconName = 'upload';
  @property({ type: Boolean }) busy = false;
  /** Fills a dialog; else it is one row. */
  @property({ type: Boolean }) tall = false;

  @state() private isOver = false;
  @query('input') private readonly input!: HTMLInputElement;
  @query('pb-button') private readonly button!: HTMLElement;

  override focus(options?: FocusOptions): void {
    this.button.focus(options);
  }

  private take(file: File | undefined): void {
    this.isOver = false;
    if (file !== undefined) this.emitLocal('pb-file', file);
  }

  protected override render(): TemplateResult {
    return html`<div
      class="drop ${this.tall ? 'is-tall' : ''} ${this.isOver ? 'is-over' : ''}"
      @dragover=${(event: DragEvent) => {
        event.preventDefault();
        this.isOver = true;
      }}
      @dragleave=${() => {
        this.isOver = false;
      }}
      @drop=${(event: DragEvent) => {
        event.preventDefault();
        this.take(event.dataTransfer?.files[0]);
      }}
    >
      ${icon(this.icon, this.tall ? 20 : 16)}<span class="words t2">${this.words}</span>
      <pb-button
        size=${this.tall ? 'normal' : 'small'}
        ?autofocus=${this.tall}
        ?busy=${this.busy}
        @click=${() => {
          this.input.click();
        }}
        >Choose a file</pb-button
      >
      <input
        type="file"
        hidden
        aria-label=${this.label}
        accept=${this.accept}
        @change=${() => {
          this.take(this.input.files?.[0]);
        }}
      />
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-drop-zone': PbDropZone;
  }
}
