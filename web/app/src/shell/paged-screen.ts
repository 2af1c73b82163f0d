import { html, type TemplateResult } from 'lit';
import '../ui/pager/pager.ts';
import { ScreenElement } from './screen-element.ts';

/** A list of which one page is shown. */
export interface PagedList {
  /** What it holds, in the plural. */
  readonly noun: string;
  readonly size: number;
  readonly total: number;
}

/** Base of the screens that show a list page by page; where they stand is `from` in the address. */
export class PagedScreen extends ScreenElement {
  /** Number of rows before the page that is shown. */
  protected get from(): number {
    return Math.max(0, Number.parseInt(this.query('from'), 10) || 0);
  }

  protected renderPager({ noun, size, total }: PagedList): TemplateResult {
    return html`<pb-pager
      noun=${noun}
      .from=${this.from}
      .size=${size}
      .total=${total}
      @pb-page-change=${(event: CustomEvent<number>) => {
        const from = event.detail === 0 ? undefined : String(event.detail);
        this.app.router.setQuery({ from }, { isPushing: true });
      }}
    ></pb-pager>`;
  }
}
