import type { ResilienceDefinition } from '@patchbay/manifest';
import { html, type TemplateResult } from 'lit';
import { spanWords } from './attempts-timeline.ts';

/** The three states of the circuit breaker and what leads from one to the next. */
export function circuitPicture(settings: ResilienceDefinition): TemplateResult {
  const failures = `${settings.breaker_threshold} in a row`;
  const pause = `after ${spanWords(settings.breaker_recovery_s)}`;
  const words = `Closed: calls pass. Open: calls fail at once; it opens when ${failures.replace(' in', ' calls fail in')}. Half-Open: one test call, ${pause}; if it passes the circuit closes, if it fails it opens again.`;
  return html`<section class="pic" aria-labelledby="circuit">
    <header>
      <h3 class="h2" id="circuit">Circuit</h3>
      <span class="t2">One per connection, over all workers</span>
    </header>
    <svg viewBox="0 0 640 158" width="100%" role="img" aria-label=${words} class="cir" data-circuit>
      <defs>
        <marker id="ar" viewBox="0 0 8 8" refX="6.5" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0l8 4-8 4z" />
        </marker>
      </defs>
      <path class="l" d="M156 70H246" marker-end="url(#ar)" />
      <path class="l" d="M390 70H480" marker-end="url(#ar)" />
      <path class="l" d="M554 98V128Q554 140 542 140H96Q84 140 84 128V104" marker-end="url(#ar)" />
      <path class="l d" d="M526 44V30Q526 18 514 18H330Q318 18 318 30V38" marker-end="url(#ar)" />
      <rect class="n" x="12" y="44" width="144" height="54" rx="8" />
      <circle class="s-ok" cx="32" cy="71" r="5" />
      <text class="nt" x="48" y="67">Closed</text>
      <text x="48" y="84">calls pass</text>
      <rect class="n" x="246" y="44" width="144" height="54" rx="8" />
      <circle class="s-bad" cx="266" cy="71" r="5" />
      <text class="nt" x="282" y="67">Open</text>
      <text x="282" y="84">calls fail at once</text>
      <rect class="n" x="480" y="44" width="144" height="54" rx="8" />
      <circle class="s-run" cx="500" cy="71" r="5" />
      <text class="nt" x="516" y="67">Half-Open</text>
      <text x="516" y="84">one test call</text>
      <text x="201" y="60" text-anchor="middle">${failures}</text>
      <text x="435" y="60" text-anchor="middle">${pause}</text>
      <rect class="bg" x="262" y="130" width="114" height="20" />
      <text x="319" y="144" text-anchor="middle">test call passes</text>
      <rect class="bg" x="378" y="8" width="92" height="20" />
      <text x="424" y="22" text-anchor="middle">test call fails</text>
    </svg>
  </section>`;
}
