import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { ScreenElement } from '../../shell/screen-element.ts';
import '../../ui/button/button.ts';
import '../../ui/empty/empty.ts';

/**
 * @summary An address that leads nowhere.
 */
@customElement('pb-not-found-screen')
export class PbNotFoundScreen extends ScreenElement {
  protected override render(): TemplateResult {
    return html`<div class="page-in">
      <h1 class="vh">Not found</h1>
      <pb-empty heading="There is nothing at this address" drawing="search">
        It may have been deleted, or the link is not complete.
        <pb-button slot="actions" href="/app/">Go to Home</pb-button>
      </pb-empty>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-not-found-screen': PbNotFoundScreen;
  }
}
