import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { describedBy, renderField } from '../../ui/field/field.ts';
import { FormControl } from '../../ui/field/form-control.ts';
import { pathParts } from './operation-edits.ts';

/**
 * @summary A path with its `{parameters}` in colour: the text lies over a copy that is painted.
 * @event pb-input - detail is the path.
 */
@customElement('pb-path-input')
export class PbPathInput extends FormControl {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      .input {
        position: relative;
        height: var(--control-h);
        font-family: var(--mono);
        font-size: var(--fs-12);
      }
      .input > input {
        color: transparent;
        caret-color: var(--text);
        font: inherit;
        letter-spacing: 0;
      }
      .paint {
        position: absolute;
        inset: 0 10px;
        display: flex;
        align-items: center;
        overflow: hidden;
        white-space: pre;
        pointer-events: none;
        letter-spacing: 0;
      }
      .var {
        color: var(--accent);
      }
      @media (forced-colors: active) {
        .input > input {
          color: CanvasText;
        }
        .paint {
          display: none;
        }
      }
    `,
  ];

  @property() value = '';
  @property({ type: Boolean }) readonly = false;
  @query('#control') private readonly control!: HTMLInputElement;
  @query('.paint') private readonly paint!: HTMLElement;

  private handleInput(): void {
    this.value = this.control.value;
    this.emitLocal('pb-input', this.value);
  }

  private handleScroll(): void {
    this.paint.scrollLeft = this.control.scrollLeft;
  }

  protected override updated(): void {
    this.handleScroll();
  }

  protected override render(): TemplateResult {
    return renderField(
      this.frame,
      html`<div class="input ${this.error ? 'is-bad' : ''} ${this.readonly ? 'is-off' : ''}">
        <input
          id="control"
          type="text"
          spellcheck="false"
          autocomplete="off"
          .value=${live(this.value)}
          ?readonly=${this.readonly}
          aria-invalid=${this.error ? 'true' : nothing}
          aria-describedby=${describedBy(this)}
          @input=${this.handleInput}
          @scroll=${this.handleScroll}
          @keyup=${this.handleScroll}
        />
        <span class="paint" aria-hidden="true"
          >${pathParts(this.value).map(({ text, isVariable }) => (isVariable ? html`<span class="var">${text}</span>` : text))}</span
        >
      </div>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-path-input': PbPathInput;
  }
}
