import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FlowDocument, JsonValue } from '@patchbay/flow-model';
import { validateValue, type ValueProblems } from '../../forms/schema/validate-value.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../../ui/pb-element.ts';
import '../../forms/json-field/json-field.ts';
import '../../forms/schema-form/schema-form.ts';
import '../../ui/button/button.ts';
import '../../ui/dialog/dialog.ts';

/**
 * @summary Asks for the trigger's data: the form of a manual trigger, or the body of a webhook call.
 * @event pb-test-start - detail is a `TestInput`.
 * @event pb-dialog-close - The person gave up.
 */
@customElement('pb-test-run-dialog')
export class PbTestRunDialog extends PbElement {
  static override styles = baseStyles;

  @property({ attribute: false }) document!: FlowDocument;

  @state() private value: JsonValue | undefined;
  @state() private problems: ValueProblems = {};

  override connectedCallback(): void {
    super.connectedCallback();
    const sample = this.document.samples['trigger'];
    const { trigger } = this.document;
    this.value = trigger.kind === 'webhook' ? bodyOf(sample) : (sample ?? {});
  }

  private start(): void {
    const { trigger } = this.document;
    const value = this.value ?? {};
    this.problems = validateValue(trigger.kind === 'webhook' ? trigger.bodySchema : trigger.inputSchema, value);
    if (Object.keys(this.problems).length > 0) return;
    const input: JsonValue =
      trigger.kind === 'webhook'
        ? { body: value, query: {}, headers: { 'content-type': 'application/json' }, method: 'POST' }
        : value;
    this.emitLocal('pb-test-start', { input });
  }

  private handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || (!event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    this.start();
  }

  private renderForm(): TemplateResult {
    const { trigger } = this.document;
    if (trigger.kind === 'webhook') {
      return html`<p class="t2" style="margin-bottom:12px">
          The run gets this as the body of a call. It really calls other systems.
        </p>
        <pb-json-field
          label="Body"
          rows="10"
          .value=${this.value}
          .error=${Object.entries(this.problems)
            .map(([pointer, problem]) => `${pointer === '' ? 'Body' : pointer}: ${problem}`)
            .join(' ')}
          @pb-change=${(event: CustomEvent<JsonValue>) => (this.value = event.detail)}
        ></pb-json-field>`;
    }
    return html`<p class="t2" style="margin-bottom:12px">The run really calls other systems.</p>
      <pb-schema-form
        .schema=${trigger.inputSchema}
        .value=${this.value}
        .errors=${this.problems}
        @pb-form-change=${(event: CustomEvent<{ whole: JsonValue }>) => (this.value = event.detail.whole)}
      ></pb-schema-form>`;
  }

  protected override render(): TemplateResult {
    return html`<pb-dialog
      heading="Test run"
      .open=${true}
      @keydown=${this.handleKey}
      @pb-dialog-close=${() => this.emitLocal('pb-dialog-close')}
    >
      ${this.renderForm()}
      <pb-button slot="foot" @click=${() => this.emitLocal('pb-dialog-close')}>Cancel</pb-button>
      <pb-button slot="foot" variant="primary" icon="play" @click=${() => this.start()}>Run</pb-button>
    </pb-dialog>`;
  }
}

function bodyOf(sample: JsonValue | undefined): JsonValue {
  const isObject = typeof sample === 'object' && sample !== null && !Array.isArray(sample);
  return (isObject ? sample['body'] : undefined) ?? {};
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-test-run-dialog': PbTestRunDialog;
  }
}
