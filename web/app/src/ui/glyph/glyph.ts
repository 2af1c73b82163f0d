import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const line = (path: string, width = 1.6): SVGTemplateResult =>
  svg`<path d=${path} fill="none" stroke="currentColor" stroke-width=${width} stroke-linecap="round" stroke-linejoin="round"/>`;
const knock = (path: string): SVGTemplateResult =>
  svg`<path d=${path} fill="none" stroke="var(--knock)" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>`;
const ring = svg`<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/>`;
const disc = svg`<circle cx="8" cy="8" r="7" fill="currentColor"/>`;

/** Own glyphs of run and step states on a 16 grid: ended states are filled, open ones are rings. */
const glyphs = {
  queued: svg`${ring}${line('M8 4.8V8l2 1.4')}`,
  running: svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" opacity=".28"/>${line('M8 2a6 6 0 0 1 6 6', 2)}`,
  waiting: svg`${ring}${line('M6.4 5.8v4.4M9.6 5.8v4.4', 1.7)}`,
  retrying: svg`${line('M13.6 8a5.6 5.6 0 1 1-1.7-4', 1.8)}${line('M13.9 1.6v3.2h-3.2', 1.8)}`,
  succeeded: svg`${disc}${knock('M4.9 8.2l2.1 2.1 4.1-4.4')}`,
  failed: svg`${disc}${knock('M5.6 5.6l4.8 4.8m0-4.8l-4.8 4.8')}`,
  skipped: svg`<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.4 2.47"/>${line('M5.4 8h5.2', 1.7)}`,
  cancelled: svg`${ring}<rect x="5.6" y="5.6" width="4.8" height="4.8" rx="1" fill="currentColor"/>`,
  problem: svg`<path d="M8 1.9l6.4 11.4a.6.6 0 0 1-.5.9H2.1a.6.6 0 0 1-.5-.9z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/>${knock('M8 6v3.6M8 11.8v.1')}`,
} as const;

/** Name of a state glyph. */
export type GlyphName = keyof typeof glyphs;

/** A state glyph as a template; the word beside it carries the meaning. */
export function glyph(name: GlyphName): TemplateResult {
  return html`<svg class="g g-${name}" viewBox="0 0 16 16" aria-hidden="true">${glyphs[name]}</svg>`;
}

/** Guard for a state that may have no glyph. */
export const hasGlyph = (name: string): name is GlyphName => Object.hasOwn(glyphs, name);
