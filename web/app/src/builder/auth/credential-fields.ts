import type { CredentialFieldDefinition } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import '../../ui/button/button.ts';
import '../../ui/checkbox/checkbox.ts';
import type { PbInput } from '../../ui/input/input.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';
import { changeField, moveField } from './credential-edits.ts';
import { credentialStyles } from './credential-styles.ts';

type Field = CredentialFieldDefinition;

/** A new list, and what kind of edit it was, for undo. */
export interface CredentialChange {
  readonly fields: readonly Field[];
  readonly mergeKey: string;
}

/**
 * @summary The credential fields of a connector (DI-21 to DI-27, DI-31): name, label, type, required, sensitive, help and default;
 * the handle moves a field by dragging or with the arrow keys.
 * @event pb-credential-change - detail is a {@link CredentialChange}.
 */
@customElement('pb-credential-fields')
export class PbCredentialFields extends PbElement {
  static override styles = [baseStyles, credentialStyles];

  @property({ attribute: false }) fields: readonly Field[] = [];
  @property({ type: Boolean }) disabled = false;
  /** Message of the server by `<index>/<property>`. */
  @property({ attribute: false }) errorFor: (path: string) => string | undefined = () => undefined;

  /** Index of the field that is dragged. */
  private dragged: number | undefined;

  /** Puts the focus on the label of a field, its text selected. */
  async focusField(index: number): Promise<void> {
    await this.updateComplete;
    const label = this.renderRoot.querySelectorAll<PbInput>('pb-input[data-part=label]')[index];
    await label?.updateComplete;
    label?.focus();
    label?.select();
  }

  private emitChange(fields: readonly Field[], mergeKey: string): void {
    if (fields !== this.fields) this.emitLocal<CredentialChange>('pb-credential-change', { fields, mergeKey });
  }

  private change(index: number, patch: Partial<Field>): void {
    this.emitChange(changeField(this.fields, index, patch), `field-${index}-${Object.keys(patch).join()}`);
  }

  private move(from: number, to: number): void {
    this.emitChange(moveField(this.fields, from, to), 'move-field');
  }

  private async handleHandleKey(event: KeyboardEvent, index: number): Promise<void> {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.move(index, index + step);
    await this.updateComplete;
    const target = Math.max(0, Math.min(this.fields.length - 1, index + step));
    this.renderRoot.querySelectorAll<HTMLElement>('.handle')[target]?.focus();
  }

  private handlePointerMove(event: PointerEvent): void {
    if (this.dragged === undefined) return;
    const rows = [...this.renderRoot.querySelectorAll('li')];
    const over = rows.findIndex((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return event.clientY >= top && event.clientY <= bottom;
    });
    if (over === -1 || over === this.dragged) return;
    this.move(this.dragged, over);
    this.dragged = over;
  }

  private renderHandle(field: Field, index: number): TemplateResult {
    if (this.disabled) return html`<span></span>`;
    return html`<button
      type="button"
      class="handle"
      aria-label="Move ${field.label}, ${index + 1} of ${this.fields.length}"
      title="Drag, or arrow keys"
      @keydown=${(event: KeyboardEvent) => void this.handleHandleKey(event, index)}
      @pointerdown=${(event: PointerEvent) => {
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
        this.dragged = index;
      }}
      @pointermove=${this.handlePointerMove}
      @pointerup=${() => {
        this.dragged = undefined;
      }}
    >
      ${icon('grip-vertical', 14)}
    </button>`;
  }

  private renderText(
    index: number,
    text: { readonly part: 'label' | 'name' | 'help' | 'default'; readonly words: string; readonly isOff?: boolean },
  ): TemplateResult {
    const { part, words } = text;
    const field = this.fields[index];
    const isOptional = part === 'help' || part === 'default';
    return html`<pb-input
      small
      data-part=${part}
      label="${words} of ${field?.label ?? ''}"
      label-hidden
      placeholder=${words}
      ?mono=${part === 'name'}
      .value=${field?.[part] ?? ''}
      .error=${this.errorFor(`${index}/${part}`)}
      ?disabled=${this.disabled || (text.isOff ?? false)}
      @pb-input=${(event: CustomEvent<string>) => {
        this.change(index, { [part]: isOptional && event.detail === '' ? undefined : event.detail });
      }}
    ></pb-input>`;
  }

  private renderFlag(index: number, part: 'required' | 'sensitive', words: string): TemplateResult {
    const field = this.fields[index];
    const isLocked = part === 'sensitive' && field?.type === 'password';
    return html`<pb-checkbox
      data-part=${part}
      label="${words}, ${field?.label ?? ''}"
      label-hidden
      title=${isLocked ? 'A password is always encrypted.' : nothing}
      ?checked=${field?.[part] ?? false}
      ?disabled=${this.disabled || isLocked}
      @pb-change=${(event: CustomEvent<boolean>) => {
        this.change(index, { [part]: event.detail });
      }}
    ></pb-checkbox>`;
  }

  private renderField(field: Field, index: number): TemplateResult {
    return html`<li>
      <div class="line">
        ${this.renderHandle(field, index)} ${this.renderText(index, { part: 'label', words: 'Display label' })}
        ${this.renderText(index, { part: 'name', words: 'Field name' })}
        <pb-select
          data-part="type"
          label="Type of ${field.label}"
          label-hidden
          .value=${field.type}
          .options=${[
            { value: 'string', label: 'String' },
            { value: 'password', label: 'Password' },
          ]}
          ?disabled=${this.disabled}
          @pb-change=${(event: CustomEvent<Field['type']>) => {
            this.change(index, { type: event.detail });
          }}
        ></pb-select>
        ${this.renderFlag(index, 'required', 'Required')} ${this.renderFlag(index, 'sensitive', 'Sensitive')}
        ${
          this.disabled
            ? nothing
            : html`<pb-button
                variant="ghost"
                size="small"
                icon="trash-2"
                label="Remove ${field.label}"
                @click=${() => {
                  this.emitChange(
                    this.fields.filter((_, at) => at !== index),
                    'remove-field',
                  );
                }}
              ></pb-button>`
        }
      </div>
      <div class="line more">
        <span></span>${this.renderText(index, { part: 'help', words: 'Help text' })}
        ${this.renderText(index, { part: 'default', words: 'Default', isOff: field.type === 'password' })}
      </div>
    </li>`;
  }

  protected override render(): TemplateResult {
    if (this.fields.length === 0) return html`<p class="t2 none">No fields: people enter nothing to connect.</p>`;
    return html`<div class="line heads" aria-hidden="true">
        <span></span><span>Display label</span><span>Field name</span><span>Type</span><span>Required</span
        ><span>Sensitive</span><span></span>
      </div>
      <ol>
        ${repeat(
          this.fields,
          (_, index) => index,
          (field, index) => this.renderField(field, index),
        )}
      </ol>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-credential-fields': PbCredentialFields;
  }
}
