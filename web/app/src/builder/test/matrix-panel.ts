import { html, nothing, type TemplateResult } from 'lit';
import { timeAgo } from '../../format/time.ts';
import { glyph } from '../../ui/glyph/glyph.ts';
import { icon } from '../../ui/icon/icon.ts';
import { passWords, testStateWords, type MatrixRow } from './test-matrix.ts';
import '../../ui/button/button.ts';

/** What the list of operations needs. */
export interface MatrixPanel {
  readonly rows: readonly MatrixRow[];
  readonly selected: string;
  /** Name of the operation that is being called now. */
  readonly running: string | undefined;
  readonly isRunningAll: boolean;
  readonly choose: (name: string) => void;
  readonly runAll: () => void;
}

/** Operations with the state of their last test: the picker, and how far the testing is. */
export function renderMatrix(panel: MatrixPanel): TemplateResult {
  const { rows, isRunningAll } = panel;
  return html`<section aria-labelledby="matrix">
    <header class="row">
      <h2 class="h3 num" id="matrix">${passWords(rows)}</h2>
      <pb-button class="end" variant="link" @click=${panel.runAll}>${isRunningAll ? 'Stop' : 'Run all'}</pb-button>
    </header>
    <div class="meter" aria-hidden="true">
      ${rows.slice(0, 60).map(({ state }) => html`<i class="is-${state}"></i>`)}
    </div>
    <ul class="matrix" aria-label="Operations to test">
      ${rows.map((row) => renderRow(row, panel))}
    </ul>
  </section>`;
}

function renderRow(row: MatrixRow, { selected, running, choose }: MatrixPanel): TemplateResult {
  const isOn = row.name === selected;
  const words = running === row.name ? 'Running' : testStateWords[row.state];
  return html`<li>
    <button
      type="button"
      class="op ${isOn ? 'is-on' : ''}"
      aria-current=${isOn ? 'true' : 'false'}
      data-operation=${row.name}
      data-state=${running === row.name ? 'running' : row.state}
      title=${row.message ?? nothing}
      @click=${() => {
        choose(row.name);
      }}
    >
      ${markOf(row, running)}<span class="cut grow">${row.title}</span>
      <span class="small t3 nowrap"
        >${words}${row.at === undefined || row.state === 'none' ? '' : html`<span class="vh">, ${timeAgo(row.at)}</span>`}</span
      >
    </button>
  </li>`;
}

function markOf({ name, state }: MatrixRow, running: string | undefined): TemplateResult {
  if (running === name) return glyph('running');
  if (state === 'passed') return glyph('succeeded');
  if (state === 'failed') return glyph('failed');
  return state === 'changed' ? glyph('retrying') : icon('circle-dashed', 14);
}
