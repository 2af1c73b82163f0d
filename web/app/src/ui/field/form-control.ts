import { property } from 'lit/decorators.js';
import { PbElement } from '../pb-element.ts';
import type { FieldFrame } from './field.ts';

/** What all form controls share: label, help, error, and Enter that submits the form around them. */
export class FormControl extends PbElement {
  static formAssociated = true;
  static override shadowRootOptions: ShadowRootInit = { ...PbElement.shadowRootOptions, delegatesFocus: true };

  protected readonly internals = this.attachInternals();

  @property() name = '';
  @property() label = '';
  @property({ type: Boolean, attribute: 'label-hidden' }) isLabelHidden = false;
  @property() help?: string;
  /** One sentence; absent or empty: the value is fine. */
  @property() error?: string;
  @property({ type: Boolean }) required = false;
  @property({ type: Boolean }) optional = false;
  @property({ type: Boolean, reflect: true }) disabled = false;

  protected get frame(): FieldFrame {
    const { label, isLabelHidden, required, optional, help, error } = this;
    return { label, isLabelHidden, required, optional, help, error };
  }

  protected submitForm(): void {
    this.internals.form?.requestSubmit();
  }
}
