import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../pb-element.ts';
import { parseMarkdown, type Block, type Inline } from './parse-markdown.ts';

function renderInline(content: readonly Inline[]): unknown {
  return content.map((inline) => {
    switch (inline.kind) {
      case 'text':
        return inline.text;
      case 'code':
        return html`<code class="key">${inline.text}</code>`;
      case 'strong':
        return html`<strong>${renderInline(inline.content)}</strong>`;
      case 'emphasis':
        return html`<em>${renderInline(inline.content)}</em>`;
      case 'link':
        return html`<a href=${inline.href} target="_blank" rel="noopener noreferrer"
          >${renderInline(inline.content)}</a
        >`;
    }
  });
}

function renderBlock(block: Block): TemplateResult {
  switch (block.kind) {
    case 'heading':
      return block.level <= 2
        ? html`<h3 class="h2">${renderInline(block.content)}</h3>`
        : html`<h4 class="h3">${renderInline(block.content)}</h4>`;
    case 'code':
      return html`<pre tabindex="0"><code>${block.text}</code></pre>`;
    case 'list': {
      const items = block.items.map((item) => html`<li>${renderInline(item)}</li>`);
      return block.isOrdered
        ? html`<ol>
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`;
    }
    case 'table':
      return html`<table class="table">
        <thead>
          <tr>
            ${block.head.map((cell) => html`<th scope="col">${renderInline(cell)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${block.rows.map(
            (row) =>
              html`<tr>
                ${row.map((cell) => html`<td>${renderInline(cell)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>`;
    case 'quote':
      return html`<blockquote>${renderInline(block.content)}</blockquote>`;
    case 'paragraph':
      return html`<p>${renderInline(block.content)}</p>`;
  }
}

/**
 * @summary A page in Markdown, drawn as elements and never as HTML text, so nothing in it can run.
 */
@customElement('pb-markdown')
export class PbMarkdown extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        max-width: 720px;
        line-height: var(--lh-prose);
      }
      p,
      ul,
      ol,
      pre,
      blockquote,
      .table {
        margin: 0 0 12px;
      }
      h3,
      h4 {
        margin: 20px 0 6px;
      }
      :first-child {
        margin-top: 0;
      }
      ul {
        list-style: disc;
        padding-left: 20px;
      }
      ol {
        list-style: decimal;
        padding-left: 20px;
      }
      li {
        margin: 3px 0;
      }
      pre {
        padding: 10px 12px;
        overflow: auto;
        background: var(--sunken);
        border-radius: var(--r-card);
      }
      a {
        text-decoration: underline;
        text-underline-offset: 2px;
      }
      blockquote {
        padding-left: 12px;
        border-left: 2px solid var(--border);
        color: var(--text-2);
      }
      .table td {
        white-space: normal;
      }
      .key {
        white-space: normal;
        display: inline;
        padding: 1px 5px;
      }
    `,
  ];

  @property() source = '';

  protected override render(): TemplateResult {
    return html`${parseMarkdown(this.source).map(renderBlock)}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-markdown': PbMarkdown;
  }
}
