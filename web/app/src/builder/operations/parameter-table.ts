import type { ParameterDefinition } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { SignalWatcher } from '../../store/signals.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { movedBy, newParameter } from './operation-edits.ts';
import { changed, contextOf, type Change, type OperationContext } from './operation-context.ts';
import { renderParameterRow, type ParameterRow } from './parameter-row.ts';
import { parameterStyles } from './parameter-styles.ts';
import type { BuilderSession } from '../shell/builder-session.ts';
import '../../ui/button/button.ts';
import '../../ui/menu/menu.ts';
import '../schema/schema-editor.ts';

/**
 * @summary The parameters of an operation as a table: key, place, type, required, default, description; add, remove, reorder.
 */
@customElement('pb-parameter-table')
export class PbParameterTable extends SignalWatcher(PbElement) {
  static override styles = [baseStyles, parameterStyles];

  @property({ attribute: false }) session!: BuilderSession;
  @property({ type: Number }) index = 0;

  /** Parameters whose schema is shown. */
  @state() private opened: ReadonlySet<number> = new Set();

  private get context(): OperationContext | undefined {
    return contextOf(this.session, this.index);
  }

  private set(parameters: ParameterDefinition[], key: string): void {
    this.context?.change({ parameters }, key);
  }

  private change(at: number, change: Change<ParameterDefinition>): void {
    const parameters = this.context?.operation.parameters ?? [];
    const before = parameters[at];
    if (before === undefined) return;
    this.set(parameters.with(at, changed(before, change)), `parameters/${at}/${Object.keys(change).join()}`);
  }

  private act(at: number, action: string): void {
    const parameters = this.context?.operation.parameters ?? [];
    const steps = { up: -1, down: 1 }[action];
    if (steps !== undefined) this.set(movedBy(parameters, at, steps), 'order');
    else if (action === 'remove') this.set(parameters.toSpliced(at, 1), 'order');
    else this.toggle(at);
    if (steps !== undefined) this.focusRow(at + steps, 'pb-menu');
    if (action === 'remove') this.focusRow(Math.max(0, at - 1), 'pb-menu');
  }

  private toggle(at: number): void {
    const opened = new Set(this.opened);
    if (!opened.delete(at)) opened.add(at);
    this.opened = opened;
  }

  /** Adds a parameter and puts the keyboard into its name. */
  private add(): void {
    const parameters = this.context?.operation.parameters ?? [];
    this.set([...parameters, newParameter(parameters)], 'order');
    this.focusRow(parameters.length, 'input');
  }

  private focusRow(at: number, selector: string): void {
    void this.updateComplete.then(() => {
      const target = this.shadowRoot?.querySelector<HTMLElement>(`tr[data-row="${at}"] ${selector}`);
      if (target instanceof HTMLInputElement) target.select();
      if (selector === 'pb-menu') target?.shadowRoot?.querySelector<HTMLElement>('pb-button')?.focus();
      else target?.focus();
    });
  }

  private rowOf(parameter: ParameterDefinition, at: number, context: OperationContext): ParameterRow {
    const isTwice = context.operation.parameters.some(
      (other, index) => index !== at && other.name === parameter.name && other.location === parameter.location,
    );
    return {
      parameter,
      at,
      isLast: at === context.operation.parameters.length - 1,
      isReadonly: context.isReadonly,
      problem: isTwice ? 'This key is used twice.' : problemOf(context, at),
      change: (change) => {
        this.change(at, change);
      },
      act: (action) => {
        this.act(at, action);
      },
    };
  }

  private renderSchema(row: ParameterRow): TemplateResult {
    const { parameter } = row;
    return html`<tr>
      <td colspan="7" class="schema">
        <pb-schema-editor
          label="Schema of ${parameter.name}"
          subject="Its values are"
          ?readonly=${row.isReadonly}
          .schema=${parameter.schema ?? { type: parameter.type }}
          @pb-schema-change=${(event: CustomEvent<Record<string, unknown> | undefined>) => {
            row.change({ schema: event.detail });
          }}
        ></pb-schema-editor>
      </td>
    </tr>`;
  }

  private renderTable(context: OperationContext): TemplateResult {
    return html`<table class="table" aria-label="Parameters">
      <thead>
        <tr>
          <th class="first">Key</th>
          <th>In</th>
          <th>Type</th>
          <th>Required</th>
          <th>Default</th>
          <th>Description</th>
          <th class="last"><span class="vh">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${context.operation.parameters.map((parameter, at) => {
          const row = this.rowOf(parameter, at, context);
          return html`${renderParameterRow(row)}${this.opened.has(at) ? this.renderSchema(row) : nothing}`;
        })}
      </tbody>
    </table>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { context } = this;
    if (context === undefined) return nothing;
    const isEmpty = context.operation.parameters.length === 0;
    return html`${
      isEmpty
        ? html`<p class="empty t2">${icon('text-cursor-input')}This operation takes no parameters.</p>`
        : this.renderTable(context)
    }
    ${
      context.isReadonly
        ? nothing
        : html`<pb-button
            class="add"
            size="small"
            icon="plus"
            @click=${() => {
              this.add();
            }}
            >Add a parameter</pb-button
          >`
    }`;
  }
}

/** First message of the server about one parameter. */
function problemOf(context: OperationContext, at: number): string | undefined {
  const parts = ['', '/name', '/location', '/type', '/default', '/required', '/schema', '/description'];
  return parts.map((part) => context.errorOf(`parameters/${at}${part}`)).find((message) => message !== undefined);
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-parameter-table': PbParameterTable;
  }
}
