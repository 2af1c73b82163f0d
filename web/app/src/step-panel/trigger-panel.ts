import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { changeTrigger, setSample } from '@patchbay/canvas-core';
import type { JsonSchema, JsonValue, Trigger } from '@patchbay/flow-model';
import type { FlowSession } from '../canvas/editor/flow-session.ts';
import { faceOf } from '../canvas/element/node-face.ts';
import { quoted } from '../run-view/call-as-curl.ts';
import { SignalWatcher } from '../store/signals.ts';
import { baseStyles } from '../styles/base-styles.ts';
import { icon } from '../ui/icon/icon.ts';
import { PbElement } from '../ui/pb-element.ts';
import { tile } from '../ui/tile/tile.ts';
import { choiceField, numberField, textField } from './forms/plain-fields.ts';
import { inferSchema } from './infer-schema.ts';
import { panelStyles } from './panel-styles.ts';
import './schema-fields.ts';
import '../forms/json-field/json-field.ts';
import '../ui/input/input.ts';
import '../ui/select/select.ts';

type Webhook = Extract<Trigger, { kind: 'webhook' }>;

/**
 * @summary What starts the flow: a form to fill by hand, or a webhook with its address, secret and sample.
 * @event pb-step-close - The panel was closed.
 */
@customElement('pb-trigger-panel')
export class PbTriggerPanel extends SignalWatcher(PbElement) {
  static override styles = [baseStyles, panelStyles];

  @property({ attribute: false }) session!: FlowSession;

  private get trigger(): Trigger {
    return this.session.state.get().document.trigger;
  }

  private change(trigger: Trigger, field: string): void {
    this.session.run(changeTrigger(trigger, field));
  }

  private changeKind(kind: string): void {
    const { title } = this.trigger;
    if (kind === this.trigger.kind) return;
    if (kind === 'manual') this.change({ kind, title, inputSchema: { type: 'object', properties: {} } }, '/kind');
    else {
      const bodySchema = { type: 'object' };
      this.change(
        { kind: 'webhook', title, bodySchema, reply: 'async', auth: 'none', maxBodyBytes: 1_048_576 },
        '/kind',
      );
    }
  }

  private renderWebhook(trigger: Webhook): TemplateResult {
    return html`${choiceField({
        label: 'Answer',
        value: trigger.reply,
        options: [
          { value: 'async', label: 'At once, then run' },
          { value: 'sync', label: 'What the Respond step says' },
        ],
        onChange: (reply) => {
          this.change({ ...trigger, reply: reply as Webhook['reply'] }, '/reply');
        },
      })}
      ${choiceField({
        label: 'Who may call',
        value: trigger.auth,
        options: [
          { value: 'none', label: 'Anyone who knows the address' },
          { value: 'secret', label: 'Callers with the secret' },
          { value: 'hmac', label: 'Signed calls (HMAC)' },
        ],
        onChange: (auth) => {
          this.change({ ...trigger, auth: auth as Webhook['auth'] }, '/auth');
        },
      })}
      ${this.renderAddress()}
      <div class="blk">
        <div class="row">
          <h3 class="h3">Sample body</h3>
          <span class="t3 small">gives the fields of the data panel</span>
        </div>
        <pb-json-field
          label="Body"
          rows="8"
          optional
          .value=${this.sampleBody}
          @pb-change=${(event: CustomEvent<JsonValue | undefined>) => {
            this.handleSample(trigger, event.detail);
          }}
        ></pb-json-field>
      </div>
      ${numberField({
        label: 'Largest body',
        suffix: 'bytes',
        value: trigger.maxBodyBytes,
        least: 1,
        most: 10_485_760,
        onChange: (maxBodyBytes) => {
          if (maxBodyBytes !== undefined) this.change({ ...trigger, maxBodyBytes }, '/maxBodyBytes');
        },
      })}`;
  }

  private get sampleBody(): JsonValue | undefined {
    const sample = this.session.state.get().document.samples['trigger'];
    return typeof sample === 'object' && sample !== null && !Array.isArray(sample) ? sample['body'] : undefined;
  }

  /** A sample gives both the values for previews and, unless somebody wrote a schema, the schema. */
  private handleSample(trigger: Webhook, body: JsonValue | undefined): void {
    if (body === undefined) {
      this.session.run(setSample('trigger', undefined));
      return;
    }
    this.change({ ...trigger, bodySchema: inferSchema(body) }, '/bodySchema');
    this.session.run(
      setSample('trigger', { body, query: {}, headers: { 'content-type': 'application/json' }, method: 'POST' }),
    );
  }

  private renderAddress(): TemplateResult {
    const { webhook } = this.session.flow.get();
    if (webhook === undefined) {
      return html`<div class="note">
        ${icon('info')}<span
          >The address appears when the flow is saved with this trigger. It answers once the flow is published.</span
        >
      </div>`;
    }
    const body = JSON.stringify(this.sampleBody ?? {});
    const secret = webhook.auth === 'secret' ? ` -H ${quoted('x-patchbay-secret: <secret>')}` : '';
    const command = `curl -X POST ${quoted(webhook.url)} -H ${quoted('content-type: application/json')}${secret} -d ${quoted(body)}`;
    return html`<div class="blk">
      <div class="row">
        <h3 class="h3">Address</h3>
        ${this.copyButton('Copy address', webhook.url)}
      </div>
      <code class="code">${webhook.url}</code>
      ${
        webhook.secret === undefined
          ? nothing
          : html`<div class="row" style="margin-top:8px">
              <span class="t3">Secret</span
              ><code class="cut">${webhook.secret}</code>${this.copyButton('Copy secret', webhook.secret)}
            </div>`
      }
      <div class="row" style="margin-top:12px">
        <h3 class="h3">Call it</h3>
        ${this.copyButton('Copy as cURL', command)}
      </div>
      <code class="code">${command}</code>
    </div>`;
  }

  private copyButton(label: string, text: string): TemplateResult {
    return html`<button
      class="btn btn-ghost btn-small end"
      @click=${() => {
        void navigator.clipboard.writeText(text);
        this.emit('pb-announce', 'Copied.');
      }}
    >
      ${icon('copy', 14)}${label}
    </button>`;
  }

  private renderManual(trigger: Extract<Trigger, { kind: 'manual' }>): TemplateResult {
    return html`<div class="sec"><span>Fields of the form</span></div>
      <pb-schema-fields
        .schema=${trigger.inputSchema}
        @pb-schema-change=${(event: CustomEvent<JsonSchema>) => {
          this.change({ ...trigger, inputSchema: event.detail }, '/inputSchema');
        }}
      ></pb-schema-fields>`;
  }

  protected override render(): TemplateResult {
    const { trigger } = this;
    const { document } = this.session.state.get();
    return html`<header class="ph-head">
        ${tile(faceOf('trigger', { document, manifestOf: () => undefined, issues: [] }))}
        <div class="grow row">
          <h2 class="h2 cut" style="padding-left:2px">${trigger.title}</h2>
          <span class="key">trigger</span>
        </div>
        <button
          class="btn btn-icon btn-ghost btn-small"
          aria-label="Close"
          title="Close"
          @click=${() => this.emit('pb-step-close')}
        >
          ${icon('x')}
        </button>
      </header>
      <div class="form scroll grow">
        ${textField({
          label: 'Name',
          value: trigger.title,
          onChange: (title) => {
            if (title.trim() !== '') this.change({ ...trigger, title: title.slice(0, 120) }, '/title');
          },
        })}
        ${choiceField({
          label: 'Started by',
          value: trigger.kind,
          options: [
            { value: 'manual', label: 'A person, with a form' },
            { value: 'webhook', label: 'A call to a webhook' },
          ],
          onChange: (kind) => {
            this.changeKind(kind);
          },
        })}
        ${trigger.kind === 'webhook' ? this.renderWebhook(trigger) : this.renderManual(trigger)}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-trigger-panel': PbTriggerPanel;
  }
}
