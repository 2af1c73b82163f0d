import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../styles/base-styles.ts';
import { icon } from '../ui/icon/icon.ts';
import { PbElement } from '../ui/pb-element.ts';
import '../ui/checkbox/checkbox.ts';

/**
 * @summary Which scopes of an OAuth 2 connector a connection asks for: all of them, or a part.
 * @event pb-change - detail are the chosen ones, in the order of the connector.
 */
@customElement('pb-scope-choice')
export class PbScopeChoice extends PbElement {
  static override styles = [
    baseStyles,
    css`
      fieldset {
        margin: 0;
        padding: 0;
        border: 0;
        min-width: 0;
      }
      legend {
        padding: 0;
      }
      ul {
        max-height: 220px;
        margin: 6px 0;
        overflow: auto;
        scrollbar-width: thin;
      }
      li {
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** Those of the connector. */
  @property({ attribute: false }) scopes: readonly string[] = [];
  @property({ attribute: false }) chosen: readonly string[] = [];
  /** Shown below; empty: nothing is wrong. */
  @property() error = '';

  private toggle(scope: string, isOn: boolean): void {
    const chosen = this.scopes.filter((each) => (each === scope ? isOn : this.chosen.includes(each)));
    this.emitLocal<readonly string[]>('pb-change', chosen);
  }

  protected override render(): TemplateResult {
    return html`<fieldset>
      <legend class="label">Scopes</legend>
      <ul>
        ${this.scopes.map(
          (scope) =>
            html`<li>
              <pb-checkbox
                label=${scope}
                ?checked=${this.chosen.includes(scope)}
                @pb-change=${(event: CustomEvent<boolean>) => {
                  this.toggle(scope, event.detail);
                }}
              ></pb-checkbox>
            </li>`,
        )}
      </ul>
      ${
        this.error === ''
          ? html`<p class="help">What the connection may do there. It is fixed once the connection is made.</p>`
          : html`<p class="help help-bad" role="alert">${icon('circle-alert', 12)}<span>${this.error}</span></p>`
      }
    </fieldset>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-scope-choice': PbScopeChoice;
  }
}
