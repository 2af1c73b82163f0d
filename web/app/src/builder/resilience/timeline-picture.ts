import type { ResilienceDefinition } from '@patchbay/manifest';
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import {
  secondsText,
  spanWords,
  startWords,
  ticksUpTo,
  timelineOf,
  type AttemptsTimeline,
} from './attempts-timeline.ts';

const left = 30;
const right = 548;
const widest = 30;
const narrowest = 3;

/** Scale of the picture: seconds to px. */
type Scale = (seconds: number) => number;

/** One attempt as it is drawn. */
interface Block {
  readonly x: number;
  readonly width: number;
  /** Where the next one starts, or the end of this one. */
  readonly next: number;
  readonly pause: number | undefined;
}

/** The attempts of one call that fails each time, drawn to scale, with the same in words. */
export function timelinePicture(settings: ResilienceDefinition): TemplateResult {
  const timeline = timelineOf(settings);
  const count = timeline.starts.length;
  const attempts = count === 1 ? '1 attempt' : `${count} attempts`;
  const words = `${attempts}, at ${startWords(timeline)}. The step fails after ${spanWords(timeline.failsAfterS)}.`;
  return html`<section class="pic" aria-labelledby="timeline">
    <header>
      <h3 class="h2" id="timeline">If every attempt fails fast</h3>
      <span class="t2" data-timeline>${words}</span>
    </header>
    <svg class="tl" viewBox="0 0 620 116" width="100%" role="img" aria-label=${words}>${drawing(timeline)}</svg>
    <dl class="kpis">
      <div>
        <dt class="small t3">Fast failures</dt>
        <dd class="num">${spanWords(timeline.failsAfterS)}</dd>
      </div>
      <div>
        <dt class="small t3">Every call times out</dt>
        <dd class="num">${spanWords(timeline.timesOutAfterS)}</dd>
      </div>
      <div>
        <dt class="small t3">Calls per run at most</dt>
        <dd class="num">${count}</dd>
      </div>
    </dl>
  </section>`;
}

function drawing(timeline: AttemptsTimeline): SVGTemplateResult {
  const ticks = ticksUpTo(Math.max(timeline.failsAfterS, 1));
  const span = ticks.at(-1) ?? 1;
  const scale: Scale = (seconds) => left + (seconds / span) * (right - left);
  const blocks = blocksOf(timeline, scale);
  const last = blocks.at(-1);
  const end = last === undefined ? left : last.x + last.width;
  return svg`${ticks.map((tick, index) => tickMark(tick, scale, index === ticks.length - 1))}
    ${blocks.map((block, index) => svg`${gap(block)}${attempt(block, index + 1)}`)}
    <path class="end" d="M${end} 22V82"/><text class="et" x=${end + 8} y="56">Fails</text>`;
}

function blocksOf({ starts, pauses }: AttemptsTimeline, scale: Scale): Block[] {
  return starts.map((start, index) => {
    const x = scale(start);
    const following = starts[index + 1];
    const next = following === undefined ? x + widest : scale(following);
    const width = Math.min(widest, Math.max(narrowest, next - x - 2));
    return { x, width, next, pause: pauses[index] };
  });
}

function tickMark(tick: number, scale: Scale, isLast: boolean): SVGTemplateResult {
  const x = scale(tick);
  const words = tick >= 120 ? spanWords(tick) : isLast ? `${secondsText(tick)} s` : secondsText(tick);
  return svg`<path class="grid" d="M${x} 12V90"/><text x=${x} y="108" text-anchor="middle">${words}</text>`;
}

function attempt({ x, width }: Block, number: number): SVGTemplateResult {
  const label =
    width < 18 ? nothing : svg`<text class="an" x=${x + width / 2} y="56.5" text-anchor="middle">${number}</text>`;
  return svg`<rect class="a" data-attempt=${number} x=${x} y="32" width=${width} height="40" rx=${Math.min(5, width / 2)}/>${label}`;
}

function gap({ x, width, next, pause }: Block): SVGTemplateResult | typeof nothing {
  const from = x + width + 4;
  const to = next - 4;
  if (pause === undefined || to - from < 6) return nothing;
  const middle = (from + to) / 2;
  const words = spanWords(pause);
  const half = words.length * 3.6 + 4;
  const line = svg`<path class="w" d="M${from} 52H${to}"/>`;
  if (to - from < half * 2 + 4) return line;
  return svg`${line}<rect class="wl" x=${middle - half} y="42" width=${half * 2} height="20"/>
    <text class="wt" x=${middle} y="56" text-anchor="middle">${words}</text>`;
}
