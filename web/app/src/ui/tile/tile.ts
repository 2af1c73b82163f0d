import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
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

function renderPicture(look: TileLook): unknown {
  if (look.dataUri === undefined) return look.icon === undefined ? (look.letters ?? '') : icon(look.icon);
  // A picture drawn in `currentColor` takes the colour of the tile; any other keeps its own colours.
  if (!isDrawnInCurrentColor(look.dataUri)) return html`<img class="tile-img" src=${look.dataUri} alt="" />`;
  const maskImage = `url("${look.dataUri.replaceAll('"', '%22')}")`;
  return html`<span class="tile-mask" style=${styleMap({ maskImage })}></span>`;
}

const knownPictures = new Map<string, boolean>();

function isDrawnInCurrentColor(dataUri: string): boolean {
  const known = knownPictures.get(dataUri);
  if (known !== undefined) return known;
  const base64 = /^data:image\/svg\+xml;base64,(.*)$/.exec(dataUri)?.[1];
  const isSo = (base64 === undefined ? dataUri : decodeBase64(base64)).includes('currentColor');
  knownPictures.set(dataUri, isSo);
  return isSo;
}

function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return ''; // a broken picture is shown as the browser shows broken pictures
  }
}

/** A connector tile as a template. Pictures are shown through `<img>`, so nothing inside them can run. */
export function tile(look: TileLook, size: 20 | 24 | 28 | 40 | 56 = 28): TemplateResult {
  const colour = look.tile !== undefined && colours.includes(look.tile) ? look.tile : 'slate';
  return html`<span class="tile tile-${colour} tile-${size} ${look.letters ? 'tx' : ''}" aria-hidden="true"
    >${renderPicture(look)}</span
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
