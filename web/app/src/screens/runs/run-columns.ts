import type { RunSummary } from '@patchbay/api-contract/client';
import { html, nothing } from 'lit';
import { clockTime, durationWords, exactTime } from '../../format/time.ts';
import { shortId, triggerLook } from '../../format/words.ts';
import { badge } from '../../ui/badge/badge.ts';
import type { Column } from '../../ui/table/table.ts';
import { tile } from '../../ui/tile/tile.ts';

/** Columns of a table of runs; also for the runs of one flow. */
export const runColumns: readonly Column<RunSummary>[] = [
  { id: 'state', label: 'State', render: (run) => badge('run', run.state, { isPlain: true }) },
  {
    id: 'run',
    label: 'Run',
    render: (run) =>
      html`<a class="mono" href="/app/runs/${run.id}" aria-label="Run ${shortId(run.id)}">${shortId(run.id)}</a>`,
  },
  {
    id: 'flow',
    label: 'Flow',
    render: (run) =>
      html`<span class="row"
        >${tile({ icon: triggerLook(run.triggerKind).icon }, 20)}<a class="main cut" href="/app/flows/${run.flowId}"
          >${run.flowName}</a
        ></span
      >`,
  },
  {
    id: 'version',
    label: 'Version',
    isMinor: true,
    render: (run) =>
      run.flowVersion === undefined
        ? html`<span class="tag">Test</span>`
        : html`<span class="num">v${run.flowVersion}</span>`,
  },
  { id: 'trigger', label: 'Trigger', isMinor: true, render: (run) => triggerLook(run.triggerKind).word },
  {
    id: 'started',
    label: 'Started',
    render: (run) => html`<span class="num" title=${exactTime(run.started)}>${clockTime(run.started)}</span>`,
  },
  {
    id: 'duration',
    label: 'Duration',
    align: 'end',
    render: (run) => {
      if (run.state === 'queued') return nothing;
      const ms = run.durationMs ?? Date.now() - Date.parse(run.started);
      return html`<span class="num">${durationWords(ms)}</span>`;
    },
  },
  {
    id: 'step',
    label: 'Failed step',
    isWide: true,
    render: (run) =>
      run.error === undefined
        ? nothing
        : html`<span class="failed-step">${run.failedStep}</span>
            <span class="t3" title=${run.error.message}>${run.error.message}</span>`,
  },
];
