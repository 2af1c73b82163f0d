import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { glyph } from '../glyph/glyph.ts';
import { icon } from '../icon/icon.ts';
import { PbElement } from '../pb-element.ts';
import { lookOf, type StateFacet, type StateLook } from './state-facets.ts';

/** Extra of a badge beside facet and value. */
export interface BadgeOptions {
  /** In a table the normal state is plain text with its mark. */
  readonly isPlain?: boolean;
  /** Said after the word, for example "2 of 4". */
  readonly detail?: string | undefined;
}

function markOf(look: StateLook): TemplateResult | typeof nothing {
  if (look.glyph) return glyph(look.glyph);
  if (look.isDot) return html`<span class="dot"></span>`;
  return look.icon ? icon(look.icon) : nothing;
}

/** A state badge as a template, for shadow roots with the shared sheets. */
export function badge(facet: StateFacet, value: string, options: BadgeOptions = {}): TemplateResult {
  const look = lookOf(facet, value);
  const plain = options.isPlain && look.isNormal ? 'badge-plain' : '';
  const changes = value === 'live_with_changes' ? html`<span class="badge-more">· unpublished changes</span>` : nothing;
  return html`<span class="badge badge-${look.tone} ${plain}"
    >${markOf(look)}<span>${look.word}${options.detail ? ` ${options.detail}` : nothing}</span>${changes}</span
  >`;
}

/**
 * @summary The badge of a state: glyph, word and colour (web.md 4.5).
 */
@customElement('pb-badge')
export class PbBadge extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-flex;
      }
    `,
  ];

  @property() facet: StateFacet = 'run';
  @property() value = '';
  @property() detail?: string;
  @property({ type: Boolean }) plain = false;

  protected override render(): TemplateResult {
    return badge(this.facet, this.value, { isPlain: this.plain, detail: this.detail });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-badge': PbBadge;
  }
}
