import { html, type TemplateResult } from 'lit';

/** The mark of Patchbay: two jacks and the cable between them. */
export function logo(): TemplateResult {
  return html`<svg
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    aria-hidden="true"
  >
    <circle cx="4.5" cy="4.5" r="2.6" />
    <circle cx="15.5" cy="15.5" r="2.6" />
    <path d="M4.5 7.1v3.4a5 5 0 0 0 5 5h3.4" stroke="var(--accent)" />
    <circle cx="15.5" cy="4.5" r="1.2" fill="currentColor" stroke="none" />
    <circle cx="4.5" cy="15.5" r="1.2" fill="currentColor" stroke="none" opacity=".45" />
  </svg>`;
}
