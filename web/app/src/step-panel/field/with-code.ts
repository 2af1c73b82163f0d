import { html, type TemplateResult } from 'lit';

/** A sentence of the model in which names stand between backticks: they are shown as code. */
export function withCode(text: string): TemplateResult {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part.replaceAll('*', '')))}`;
}
