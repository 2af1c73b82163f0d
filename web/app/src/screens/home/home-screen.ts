import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { ScreenElement } from '../../shell/screen-element.ts';

/**
 * @summary Home.
 */
@customElement('pb-home-screen')
export class PbHomeScreen extends ScreenElement {
  protected override render(): TemplateResult {
    return html`<div class="page-in"><h1 class="h1">Home</h1></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-home-screen': PbHomeScreen;
  }
}
