import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../icon/icon.ts';
import { PbElement } from '../pb-element.ts';

const maxChildren = 200;

/** One line of the tree, flattened. */
interface Line {
  readonly path: string;
  readonly depth: number;
  readonly key: string | undefined;
  readonly value: unknown;
  readonly isContainer: boolean;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

function lineOf(key: string | undefined, value: unknown, at: Pick<Line, 'path' | 'depth'>): Line {
  return { ...at, key, value, isContainer: isContainer(value) && entriesOf(value).length > 0 };
}

function entriesOf(value: object): [string, unknown][] {
  return Array.isArray(value) ? value.map((item, index) => [String(index), item as unknown]) : Object.entries(value);
}

/**
 * @summary JSON as a tree that folds; arrow keys move, left and right fold. Long lists are shown in parts.
 */
@customElement('pb-json-view')
export class PbJsonView extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .json {
        overflow-wrap: anywhere;
      }
      .json > div {
        padding-block: 1px;
      }
      .json > div:focus-visible {
        outline-offset: -2px;
      }
      .json > [aria-expanded] {
        cursor: default;
      }
      .tw {
        flex: none;
      }
      .leaf {
        width: 12px;
        margin: 0 -4px 0 -2px;
        flex: none;
      }
      .more {
        color: var(--accent);
        margin: 4px 0 0 10px;
        min-height: 24px;
      }
    `,
  ];

  @property({ attribute: false }) value: unknown;
  @property() label = 'Data';
  /** Levels that are open at first. */
  @property({ type: Number }) depth = 2;
  /** Paths such as `/main/humidity` of values that are wrong. */
  @property({ attribute: false }) marks: ReadonlySet<string> = new Set();

  @state() private toggled: ReadonlySet<string> = new Set();
  @state() private limit = maxChildren;
  @state() private cursor = '';

  private isOpen(line: Line): boolean {
    return line.depth < this.depth !== this.toggled.has(line.path);
  }

  private get lines(): Line[] {
    const lines: Line[] = [];
    const walk = (line: Line): void => {
      if (lines.length > this.limit) return;
      lines.push(line);
      if (!isContainer(line.value) || !this.isOpen(line)) return;
      for (const [key, value] of entriesOf(line.value)) {
        walk(lineOf(key, value, { path: `${line.path}/${key}`, depth: line.depth + 1 }));
      }
    };
    walk(lineOf(undefined, this.value, { path: '', depth: 0 }));
    return lines;
  }

  private toggle(line: Line): void {
    const toggled = new Set(this.toggled);
    if (!toggled.delete(line.path)) toggled.add(line.path);
    this.toggled = toggled;
    this.cursor = line.path;
  }

  /** Does this key fold or unfold the line? */
  private isToggleKey(key: string, line: Line): boolean {
    if (!line.isContainer) return false;
    if (key === 'Enter' || key === ' ') return true;
    return this.isOpen(line) ? key === 'ArrowLeft' : key === 'ArrowRight';
  }

  private lineAfter(key: string, line: Line): Line | undefined {
    const { lines } = this;
    const at = lines.findIndex((candidate) => candidate.path === line.path);
    const parent = lines.findLastIndex((candidate, index) => index < at && candidate.depth < line.depth);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1, ArrowLeft: parent }[key];
    return target === undefined ? undefined : lines[target];
  }

  private handleKeydown(event: KeyboardEvent, line: Line): void {
    const isToggle = this.isToggleKey(event.key, line);
    const next = isToggle ? undefined : this.lineAfter(event.key, line);
    if (!isToggle && next === undefined) return;
    event.preventDefault();
    if (next === undefined) this.toggle(line);
    else this.cursor = next.path;
    void this.updateComplete.then(() => this.shadowRoot?.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
  }

  private renderValue(line: Line): TemplateResult {
    const { value } = line;
    if (Array.isArray(value)) return html`<span class="o">[${value.length === 0 ? ']' : html`${value.length}]`}</span>`;
    if (isContainer(value)) return html`<span class="o">{${Object.keys(value).length === 0 ? '}' : html`…}`}</span>`;
    const kind = { string: 's', number: 'n', boolean: 'b' }[typeof value as string] ?? 'o';
    return html`<span class=${kind}>${value === undefined ? 'nothing' : JSON.stringify(value)}</span>`;
  }

  private renderLine(line: Line, isCursor: boolean): TemplateResult {
    const isOpen = line.isContainer && this.isOpen(line);
    return html`<div
      class="pb-line ${this.marks.has(line.path) ? 'is-bad' : ''}"
      role="treeitem"
      tabindex=${isCursor ? 0 : -1}
      aria-level=${line.depth + 1}
      aria-expanded=${line.isContainer ? String(isOpen) : nothing}
      .style=${`--d: ${line.depth}`}
      @click=${() => {
        if (line.isContainer) this.toggle(line);
      }}
      @keydown=${(event: KeyboardEvent) => {
        this.handleKeydown(event, line);
      }}
    >
      ${line.isContainer ? icon(isOpen ? 'chevron-down' : 'chevron-right', 12, 'tw') : html`<span class="leaf"></span>`}
      ${line.key === undefined ? nothing : html`<span class="k">${line.key}</span>`}${this.renderValue(line)}
    </div>`;
  }

  protected override render(): TemplateResult {
    const { lines } = this;
    const shown = lines.slice(0, this.limit);
    const cursor = shown.some((line) => line.path === this.cursor) ? this.cursor : '';
    return html`<div class="json" role="tree" aria-label=${this.label}>
        ${shown.map((line) => this.renderLine(line, line.path === cursor))}
      </div>
      ${
        lines.length > this.limit
          ? html`<button
              type="button"
              class="more small"
              @click=${() => {
                this.limit += maxChildren * 5;
              }}
            >
              Show more
            </button>`
          : nothing
      }`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-json-view': PbJsonView;
  }
}
