import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { OperationDefinition } from '@patchbay/manifest';
import { baseStyles } from '../../styles/base-styles.ts';
import { glyph, type GlyphName } from '../../ui/glyph/glyph.ts';
import type { MenuItem } from '../../ui/menu/menu.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { testStateWords, type MatrixRow, type TestState } from '../test/test-matrix.ts';
import { operationListStyles } from './operation-list-styles.ts';
import '../../ui/button/button.ts';
import '../../ui/menu/menu.ts';
import '../../ui/search/search.ts';

/** What is done with one operation of the list. */
export interface OperationAct {
  readonly action: 'duplicate' | 'remove' | 'move';
  readonly index: number;
  /** Places to move, for `move`. */
  readonly by?: number;
}

const shownAtOnce = 200;

const glyphs: Readonly<Record<TestState, GlyphName | undefined>> = {
  none: undefined,
  passed: 'succeeded',
  failed: 'failed',
  changed: 'retrying',
};

/**
 * @summary The operations of a connector: method, name, how the last test went. Arrow keys go through it, Alt with arrows moves
 * an operation, Delete removes it; dragging moves it too.
 * @event pb-operation-select - detail is the index. @event pb-operation-act - detail is an {@link OperationAct}.
 */
@customElement('pb-operation-list')
export class PbOperationList extends PbElement {
  static override styles = [baseStyles, operationListStyles];

  @property({ attribute: false }) operations: readonly OperationDefinition[] = [];
  @property({ attribute: false }) tests: readonly MatrixRow[] = [];
  /** Number of problems by index. */
  @property({ attribute: false }) problemsAt: (index: number) => number = () => 0;
  @property({ type: Number }) selected = 0;
  @property({ type: Boolean }) readonly = false;

  @state() private text = '';
  @state() private isWhole = false;
  @state() private dragged: number | undefined;
  @state() private dropAt: number | undefined;

  /** Puts the keyboard on the chosen operation. */
  focusSelected(): void {
    void this.updateComplete.then(() => {
      this.shadowRoot?.querySelector<HTMLElement>('[aria-current="true"]')?.focus();
    });
  }

  private select(index: number): void {
    this.emitLocal('pb-operation-select', index);
  }

  private act(act: OperationAct): void {
    this.emitLocal('pb-operation-act', act);
  }

  private get shown(): readonly number[] {
    const words = this.text.toLowerCase();
    return this.operations.flatMap(({ name, display_name, path, method }, index) =>
      `${method} ${display_name} ${name} ${path}`.toLowerCase().includes(words) ? [index] : [],
    );
  }

  private handleKeydown(event: KeyboardEvent, index: number): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && event.altKey && !this.readonly) {
      event.preventDefault();
      this.act({ action: 'move', index, by: step });
      return;
    }
    if (event.key === 'Delete' && !this.readonly) {
      event.preventDefault();
      this.act({ action: 'remove', index });
      return;
    }
    const { shown } = this;
    const at = shown.indexOf(index);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }[event.key];
    const next = target === undefined ? undefined : shown[target];
    if (next === undefined) return;
    event.preventDefault();
    this.select(next);
  }

  private handleDrop(event: DragEvent, to: number): void {
    event.preventDefault();
    const from = this.dragged;
    this.dragged = undefined;
    this.dropAt = undefined;
    if (from !== undefined && from !== to) this.act({ action: 'move', index: from, by: to - from });
  }

  private renderState(index: number): TemplateResult | typeof nothing {
    const problems = this.problemsAt(index);
    if (problems > 0) return html`<span class="count count-bad"><span class="vh">problems: </span>${problems}</span>`;
    const state = this.tests[index]?.state ?? 'none';
    const name = glyphs[state];
    if (name === undefined) return nothing;
    return html`<span class="state is-${state}" title=${testStateWords[state]}
      >${glyph(name)}<span class="vh">, ${testStateWords[state].toLowerCase()}</span></span
    >`;
  }

  private renderMenu(index: number, title: string): TemplateResult | typeof nothing {
    if (this.readonly) return nothing;
    const items: readonly MenuItem[] = [
      { id: 'duplicate', label: 'Duplicate', icon: 'copy' },
      { id: 'up', label: 'Move up', icon: 'arrow-up', disabled: index === 0, shortcut: 'Alt ↑' },
      {
        ...{ id: 'down', label: 'Move down', icon: 'arrow-down', shortcut: 'Alt ↓' },
        disabled: index === this.operations.length - 1,
      },
      { id: 'remove', label: 'Delete', icon: 'trash-2', isDanger: true, hasLineAbove: true, shortcut: 'Del' },
    ];
    return html`<pb-menu
      icon="ellipsis"
      size="tiny"
      label="Actions of ${title}"
      .items=${items}
      @pb-menu-select=${({ detail }: CustomEvent<string>) => {
        if (detail === 'duplicate' || detail === 'remove') this.act({ action: detail, index });
        else this.act({ action: 'move', index, by: detail === 'up' ? -1 : 1 });
      }}
    ></pb-menu>`;
  }

  private renderItem(index: number): TemplateResult | typeof nothing {
    const operation = this.operations[index];
    if (operation === undefined) return nothing;
    const { method, display_name: title, name, description } = operation;
    const isOn = index === this.selected;
    return html`<li
      class="op ${isOn ? 'is-on' : ''} ${this.dropAt === index ? 'is-drop' : ''}"
      data-operation=${name}
      draggable=${this.readonly || this.text !== '' ? 'false' : 'true'}
      @dragstart=${() => {
        this.dragged = index;
      }}
      @dragover=${(event: DragEvent) => {
        if (this.dragged === undefined) return;
        event.preventDefault();
        this.dropAt = index;
      }}
      @dragend=${() => {
        this.dragged = undefined;
        this.dropAt = undefined;
      }}
      @drop=${(event: DragEvent) => {
        this.handleDrop(event, index);
      }}
    >
      <button
        type="button"
        class="pick"
        aria-current=${isOn ? 'true' : 'false'}
        title=${description === '' ? nothing : description}
        @click=${() => {
          this.select(index);
        }}
        @keydown=${(event: KeyboardEvent) => {
          this.handleKeydown(event, index);
        }}
      >
        <span class="verb ${method === 'GET' ? '' : 'verb-post'}">${method}</span>
        <span class="words"
          ><span class="cut">${title || name}</span>${
            description === '' ? nothing : html`<span class="cut small t3 about">${description}</span>`
          }</span
        >${this.renderState(index)}
      </button>
      ${this.renderMenu(index, title)}
    </li>`;
  }

  protected override render(): TemplateResult {
    const { shown } = this;
    const visible = this.isWhole ? shown : shown.slice(0, shownAtOnce);
    return html`<pb-search
        label="Find an operation"
        placeholder="Find"
        .result=${this.text === '' ? '' : String(shown.length)}
        @pb-search=${(event: CustomEvent<string>) => {
          this.text = event.detail;
        }}
      ></pb-search>
      <ul aria-label="Operations">
        ${visible.map((index) => this.renderItem(index))}
      </ul>
      ${shown.length === 0 ? html`<p class="t2 nothing">No operation fits.</p>` : nothing}
      ${
        shown.length > visible.length
          ? html`<pb-button
              variant="link"
              @click=${() => {
                this.isWhole = true;
              }}
              >Show all ${shown.length}</pb-button
            >`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-operation-list': PbOperationList;
  }
}
