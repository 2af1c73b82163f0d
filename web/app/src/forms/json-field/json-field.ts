import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../../ui/pb-element.ts';
import '../../ui/input/input.ts';

/**
 * @summary A value as JSON text. What cannot be read yet stays in the box with a message and is not given out.
 * @event pb-change - detail is the value; undefined when the box is empty.
 */
@customElement('pb-json-field')
export class PbJsonField extends PbElement {
  static override shadowRootOptions: ShadowRootInit = { ...PbElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
    `,
  ];

  @property() label = '';
  @property() help?: string;
  @property() error?: string;
  @property({ type: Number }) rows = 6;
  @property({ type: Boolean }) optional = false;
  @property({ type: Boolean }) readonly = false;
  @property({ attribute: false }) value: unknown;

  @state() private text = '';
  @state() private problem = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('value') || (this.hasUpdated && isSame(this.read(), this.value))) return;
    this.text = this.value === undefined ? '' : JSON.stringify(this.value, null, 2);
    this.problem = '';
  }

  private read(): unknown {
    try {
      return this.text.trim() === '' ? undefined : (JSON.parse(this.text) as unknown);
    } catch {
      return Symbol('unreadable'); // equal to no value
    }
  }

  private handleInput(event: CustomEvent<string>): void {
    this.text = event.detail;
    try {
      const value: unknown = this.text.trim() === '' ? undefined : JSON.parse(this.text);
      this.problem = '';
      this.value = value;
      this.emitLocal('pb-change', value);
    } catch (cause) {
      this.problem = cause instanceof SyntaxError ? `This is not JSON yet: ${cause.message}` : 'This is not JSON yet.';
    }
  }

  protected override render(): TemplateResult {
    return html`<pb-input
      mono
      .rows=${this.rows}
      .label=${this.label}
      .help=${this.help}
      .error=${this.problem === '' ? this.error : this.problem}
      ?optional=${this.optional}
      ?readonly=${this.readonly}
      .value=${this.text}
      @pb-input=${this.handleInput}
    ></pb-input>`;
  }
}

const isSame = (a: unknown, b: unknown): boolean => typeof a !== 'symbol' && JSON.stringify(a) === JSON.stringify(b);

declare global {
  interface HTMLElementTagNameMap {
    'pb-json-field': PbJsonField;
  }
}
