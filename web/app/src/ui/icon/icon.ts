import { svg, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { unsafeSVG } from 'lit/directives/unsafe-svg.js';
import { icons } from 'virtual:pb-icons';
import { PbElement } from '../pb-element.ts';
import type { IconName } from './icon-names.ts';

/** Edge of an icon in px. */
export type IconSize = 12 | 14 | 16 | 18 | 20 | 28;

/** An icon as a template, for shadow roots with the shared sheets. Decorative: the control beside it carries the name. */
export function icon(name: IconName, size: IconSize = 16, extraClass = ''): TemplateResult {
  // The inner SVG comes from lucide-static at build time, never from data.
  return html`<svg class="i i-${size} ${extraClass}" viewBox="0 0 24 24" aria-hidden="true">
    ${svg`${unsafeSVG(icons[name] ?? '')}`}
  </svg>`;
}

/**
 * @summary An icon of the sprite. Give `label` only if nothing beside it says the same.
 */
@customElement('pb-icon')
export class PbIcon extends PbElement {
  @property() name: IconName = 'info';
  @property({ type: Number }) size: IconSize = 16;
  @property() label = '';

  protected override render(): TemplateResult {
    return this.label === ''
      ? icon(this.name, this.size)
      : html`<span role="img" aria-label=${this.label}>${icon(this.name, this.size)}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-icon': PbIcon;
  }
}
