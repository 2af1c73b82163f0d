import { html, nothing, type TemplateResult } from 'lit';
import type { BuilderSession } from './builder-session.ts';
import type { SectionId } from './builder-sections.ts';
import '../../ui/button/button.ts';

/** A section with its heading, and once the connector is ready its own Edit, then Save and Cancel (ZO-29, ZO-30). */
export interface SectionFrame {
  readonly section: SectionId;
  readonly title: string;
  /** Said below the title. */
  readonly lead?: string;
  readonly content: unknown;
  /** Stands at the right of the title while the section is edited. */
  readonly extra?: unknown;
}

/** Draws a section of a tab. `content` looks at `session.mode(section)` itself. */
export function renderSection(session: BuilderSession, frame: SectionFrame): TemplateResult {
  const { section, title, lead } = frame;
  return html`<section class="sect" id="section-${section}" tabindex="-1" aria-labelledby="title-${section}">
    <header>
      <h2 class="h2 grow" id="title-${section}">${title}</h2>
      ${session.mode(section) === 'edit' ? (frame.extra ?? nothing) : nothing}${renderActions(session, frame)}
    </header>
    ${lead === undefined ? nothing : html`<p class="lead">${lead}</p>`} ${frame.content}
  </section>`;
}

function renderActions(session: BuilderSession, { section, title }: SectionFrame): TemplateResult | typeof nothing {
  const mode = session.mode(section);
  if (mode === 'closed' || session.connector.get().stage === 'draft') return nothing;
  if (mode === 'read') {
    return html`<pb-button
      size="small"
      icon="pencil"
      label="Edit ${title}"
      @click=${() => {
        session.edit(section);
      }}
      >Edit</pb-button
    >`;
  }
  return html`<pb-button
      size="small"
      variant="ghost"
      @click=${() => {
        session.cancel(section);
      }}
      >Cancel</pb-button
    >
    <pb-button
      size="small"
      variant="primary"
      ?busy=${session.saving.get().kind === 'saving'}
      @click=${() => session.save(section)}
      >Save</pb-button
    >`;
}
