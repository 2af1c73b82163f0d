import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../icon/icon.ts';

/** What stands around a control. The ids `control`, `help` and `error` belong to the shadow root that renders it. */
export interface FieldFrame {
  readonly label: string;
  /** Hidden from view but still the name of the control. */
  readonly isLabelHidden?: boolean;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly help?: string | undefined;
  readonly error?: string | undefined;
}

/** Label above, help and error below; used by every control so that all fields look and read the same. */
export function renderField(frame: FieldFrame, control: TemplateResult): TemplateResult {
  return html`<div class="field">
    <label class=${frame.isLabelHidden ? 'vh' : 'label'} for="control" ?hidden=${frame.label === ''}>
      ${frame.label}${frame.optional ? html`<span class="req">optional</span>` : nothing}
    </label>
    ${control}
    ${frame.error ? html`<p class="help help-bad" id="error">${icon('circle-alert', 12)}<span>${frame.error}</span></p>` : nothing}
    ${frame.help ? html`<p class="help" id="help">${frame.help}</p>` : nothing}
  </div>`;
}

/** `aria-describedby` of the control inside {@link renderField}. */
export function describedBy(frame: Pick<FieldFrame, 'help' | 'error'>): string | typeof nothing {
  const ids = [frame.error ? 'error' : '', frame.help ? 'help' : ''].filter((id) => id !== '');
  return ids.length === 0 ? nothing : ids.join(' ');
}
