import { LitElement, type CSSResultGroup } from 'lit';
import { baseStyles } from '../styles/base-styles.ts';

/** Base of all elements: brings the shared sheets into the shadow root. Add own styles with `[baseStyles, css`…`]`. */
export class PbElement extends LitElement {
  static override styles: CSSResultGroup = baseStyles;

  /** Sends a bubbling event that crosses shadow roots, for what a page or the app listens to. */
  protected emit<Detail>(type: `pb-${string}`, detail?: Detail): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  /** Sends an event of a control: it bubbles up to the shadow root that holds the control and stops there. */
  protected emitLocal<Detail>(type: `pb-${string}`, detail?: Detail): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: false, cancelable: true }));
  }
}
