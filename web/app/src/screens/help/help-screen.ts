import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import '../../ui/markdown/markdown.ts';

interface HelpPage {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

const folder = '../../../../../docs/';

/** The same texts as in the folder `docs` of the repository; the build takes them in. */
const sources = import.meta.glob<string>(
  ['../../../../../docs/connector-builder.md', '../../../../../docs/publishing-connectors.md'],
  { query: '?raw', import: 'default', eager: true },
);

const pages: readonly HelpPage[] = Object.entries(sources).map(([path, source]) => {
  const [first = '', ...rest] = source.split('\n');
  const id = path.slice(folder.length).replace(/\.md$/, '');
  return { id, title: first.replace(/^#\s*/, ''), text: rest.join('\n') };
});

/**
 * @summary Help on one subject, with the list of all subjects (DI-77).
 */
@customElement('pb-help-screen')
export class PbHelpScreen extends ScreenElement {
  static override styles = [
    baseStyles,
    css`
      .help-grid {
        display: grid;
        grid-template-columns: 200px minmax(0, 720px);
        gap: 40px;
      }
      nav {
        display: flex;
        flex-direction: column;
        gap: 2px;
        margin-left: -8px;
      }
      nav a {
        padding: 6px 8px;
        border-radius: var(--r-control);
        color: var(--text-2);
      }
      nav a:hover {
        background: var(--hover);
        text-decoration: none;
      }
      nav a[aria-current] {
        background: var(--pressed);
        color: var(--text);
        font-weight: var(--w-medium);
      }
      @media (max-width: 800px) {
        .help-grid {
          grid-template-columns: minmax(0, 1fr);
        }
      }
    `,
  ];

  @property() page = '';

  private get shown(): HelpPage | undefined {
    return pages.find(({ id }) => id === this.page);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.app.setTitle(this.shown?.title ?? 'Help');
  }

  protected override render(): TemplateResult {
    const { shown } = this;
    return html`<div class="page-in">
      <div class="page-head"><h1 class="h1">${shown?.title ?? 'Help'}</h1></div>
      <div class="help-grid">
        <nav aria-label="Help">
          ${pages.map(
            ({ id, title }) =>
              html`<a href="/app/help/${id}" aria-current=${id === shown?.id ? 'page' : nothing}>${title}</a>`,
          )}
        </nav>
        ${
          shown === undefined
            ? html`<p class="t2">Choose a subject at the left.</p>`
            : html`<pb-markdown .source=${shown.text}></pb-markdown>`
        }
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-help-screen': PbHelpScreen;
  }
}
