import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import '../../ui/button/button.ts';
import '../../ui/drop-zone/drop-zone.ts';
import '../../ui/input/input.ts';
import '../../ui/segmented/segmented.ts';

/** A description to read: its text or its address, and what people call it. */
export interface DescriptionSource {
  readonly source: { readonly content: string } | { readonly url: string };
  readonly name: string;
}

/** Longest text that the API takes. */
const maxCharacters = 20_000_000;

/**
 * @summary Where the description comes from: a file (chosen or dropped), an address, or pasted text.
 * @event pb-source - detail is a {@link DescriptionSource}.
 */
@customElement('pb-import-source')
export class PbImportSource extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 14px;
      }
      form {
        display: flex;
        align-items: flex-end;
        gap: 8px;
      }
      pb-input {
        flex: 1;
      }
      .foot {
        display: flex;
        justify-content: flex-end;
      }
    `,
  ];

  @property({ type: Boolean }) busy = false;

  @state() private way: 'file' | 'url' | 'text' = 'file';
  @state() private text = '';
  @state() private url = '';
  @state() private problem = '';

  private async take(file: File): Promise<void> {
    const content = await file.text();
    this.problem = content.length > maxCharacters ? 'The file is larger than 20 MB.' : '';
    if (this.problem !== '') return;
    this.emitLocal<DescriptionSource>('pb-source', { source: { content }, name: file.name });
  }

  private takeUrl(): void {
    const url = this.url.trim();
    const isUrl = /^https?:\/\/\S+$/.test(url);
    this.problem = isUrl ? '' : 'Give an address that begins with https://.';
    if (isUrl) this.emitLocal<DescriptionSource>('pb-source', { source: { url }, name: url });
  }

  private takeText(): void {
    const content = this.text;
    if (content.trim() === '') this.problem = 'Paste the description first.';
    else this.emitLocal<DescriptionSource>('pb-source', { source: { content }, name: 'pasted text' });
  }

  private renderFile(): TemplateResult {
    return html`<pb-drop-zone
        tall
        autofocus
        label="Description"
        icon="file-code-2"
        words="Drop an OpenAPI 3 or Swagger 2 description here, JSON or YAML"
        accept=".json,.yaml,.yml,application/json,application/yaml"
        ?busy=${this.busy}
        @pb-file=${(event: CustomEvent<File>) => void this.take(event.detail)}
      ></pb-drop-zone>
      ${this.problem === '' ? '' : html`<p class="help help-bad" role="alert">${icon('circle-alert', 12)}<span>${this.problem}</span></p>`}`;
  }

  private renderUrl(): TemplateResult {
    return html`<form
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        this.takeUrl();
      }}
    >
      <pb-input
        label="Address of the description"
        type="url"
        placeholder="https://api.example.com/openapi.json"
        help="The server fetches it; addresses inside your network are refused unless they are allowed."
        .error=${this.problem}
        .value=${this.url}
        @pb-input=${(event: CustomEvent<string>) => {
          this.url = event.detail;
          this.problem = '';
        }}
      ></pb-input>
    </form>`;
  }

  private renderText(): TemplateResult {
    return html`<pb-input
      label="The description"
      mono
      rows="14"
      .error=${this.problem}
      .value=${this.text}
      @pb-input=${(event: CustomEvent<string>) => {
        this.text = event.detail;
        this.problem = '';
      }}
    ></pb-input>`;
  }

  protected override render(): TemplateResult {
    return html`<pb-segmented
        label="Where it is"
        .value=${this.way}
        .items=${[
          { value: 'file', label: 'File' },
          { value: 'url', label: 'Address' },
          { value: 'text', label: 'Text' },
        ]}
        @pb-change=${(event: CustomEvent<'file' | 'url' | 'text'>) => {
          this.way = event.detail;
          this.problem = '';
        }}
      ></pb-segmented>
      ${this.way === 'file' ? this.renderFile() : this.way === 'url' ? this.renderUrl() : this.renderText()}
      ${
        this.way === 'file'
          ? ''
          : html`<div class="foot">
              <pb-button
                variant="primary"
                ?busy=${this.busy}
                @click=${() => {
                  if (this.way === 'url') this.takeUrl();
                  else this.takeText();
                }}
                >Read it</pb-button
              >
            </div>`
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-import-source': PbImportSource;
  }
}
