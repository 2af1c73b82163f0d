import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import type { CodeView } from './code-view.ts';
import { jsonText, lineOfPointer, readJson } from './json-text.ts';

/** Something wrong with the value, where in it, and in words. */
export interface JsonProblem {
  readonly pointer: string;
  readonly message: string;
}

/**
 * @summary JSON as text, with line numbers. What cannot be read yet stays in the box with a message and is not given out.
 * @event pb-change - detail is the value; undefined when the box is empty.
 */
@customElement('pb-json-editor')
export class PbJsonEditor extends PbElement {
  static override shadowRootOptions: ShadowRootInit = { ...PbElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .box {
        display: flex;
        padding: 0;
        background: var(--surface);
        overflow: hidden;
      }
      .box.is-read {
        background: var(--sunken);
      }
      .problems {
        margin-top: 6px;
        display: grid;
        gap: 4px;
      }
    `,
  ];

  @property() label = 'JSON';
  @property({ type: Boolean }) readonly = false;
  @property({ attribute: false }) value: unknown;
  /** What somebody else found wrong with the value. */
  @property({ attribute: false }) problems: readonly JsonProblem[] = [];

  @state() private unread: { readonly problem: string; readonly line: number | undefined } | undefined;
  @query('.box') private readonly box!: HTMLElement;
  private view: CodeView | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.view?.destroy();
    this.view = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.mount();
  }

  override focus(): void {
    this.view?.focus();
  }

  protected override firstUpdated(): void {
    void this.mount();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('value')) this.follow();
    this.markProblem();
  }

  private async mount(): Promise<void> {
    const { mountCodeView } = await import('./code-view.ts');
    const root = this.shadowRoot;
    if (!this.isConnected || this.view !== undefined || root === null) return;
    this.view = mountCodeView({
      parent: this.box,
      root,
      text: jsonText(this.value),
      label: this.label,
      describedBy: 'problems',
      isReadonly: this.readonly,
      onChange: (text) => {
        this.read(text);
      },
    });
    this.markProblem();
  }

  private read(text: string): void {
    const reading = readJson(text);
    if ('problem' in reading) {
      this.unread = reading;
      return;
    }
    this.unread = undefined;
    this.value = reading.value;
    this.emitLocal('pb-change', reading.value);
  }

  /** Shows a value that came from outside; what this box itself gave out changes nothing. */
  private follow(): void {
    if (this.view === undefined) return;
    const reading = readJson(this.view.text);
    if ('value' in reading && JSON.stringify(reading.value) === JSON.stringify(this.value)) return;
    if ('problem' in reading && this.unread === undefined) return;
    this.unread = undefined;
    this.view.show(jsonText(this.value));
  }

  private markProblem(): void {
    const [first] = this.problems;
    const line = this.unread?.line ?? (first === undefined ? undefined : lineOfPointer(this.value, first.pointer));
    this.view?.mark(line);
  }

  protected override render(): TemplateResult {
    const messages = this.unread === undefined ? this.problems : [{ pointer: '', message: this.unread.problem }];
    return html`<div
        class="input area box ${this.readonly ? 'is-read' : ''} ${messages.length > 0 ? 'is-bad' : ''}"
      ></div>
      <div class="problems" id="problems" role="status">
        ${messages
          .slice(0, 5)
          .map(
            ({ pointer, message }) =>
              html`<p class="help help-bad">
                ${icon('circle-alert', 12)}<span
                  >${pointer === '' ? nothing : html`<code>${pointer}</code> `}${message}</span
                >
              </p>`,
          )}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-json-editor': PbJsonEditor;
  }
}
