import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../icon/icon.ts';
import type { IconName } from '../icon/icon-names.ts';
import { PbElement } from '../pb-element.ts';

/** Who a tile stands for: a connector (its picture on its colour) or a core thing (an icon on grey). */
export interface TileLook {
  readonly dataUri?: string;
  readonly icon?: IconName;
  readonly letters?: string;
  /** Colour name of the tokens: slate, blue, teal, green, amber, rose, violet, clay. */
  readonly tile?: string;
}

const colours = ['slate', 'blue', 'teal', 'green', 'amber', 'rose', 'violet', 'clay'];

/** A connector tile as a template. Pictures are shown through `<img>`, so nothing inside them can run. */
export function tile(look: TileLook, size: 20 | 24 | 28 | 40 | 56 = 28): TemplateResult {
  const colour = look.tile !== undefined && colours.includes(look.tile) ? look.tile : 'slate';
  const inner =
    look.dataUri !== undefined
      ? html`<img class="tile-img" src=${look.dataUri} alt="" />`
      : look.icon !== undefined
        ? icon(look.icon)
        : html`${look.letters ?? ''}`;
  return html`<span class="tile tile-${colour} tile-${size} ${look.letters ? 'tx' : ''}" aria-hidden="true"
    >${inner}</span
  >`;
}

/**
 * @summary The tile of a connector or core step. Says who it is, never how it is.
 */
@customElement('pb-tile')
export class PbTile extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-flex;
        flex: none;
      }
    `,
  ];

  @property({ attribute: false }) look: TileLook = {};
  @property({ type: Number }) size: 20 | 24 | 28 | 40 | 56 = 28;

  protected override render(): TemplateResult {
    return tile(this.look, this.size);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-tile': PbTile;
  }
}
