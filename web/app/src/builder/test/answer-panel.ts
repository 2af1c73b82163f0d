import type { TestOperationResult } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { clockTime } from '../../format/time.ts';
import { formatDuration } from '../../run-view/durations.ts';
import { textOf } from '../../forms/schema/pointer.ts';
import { glyph } from '../../ui/glyph/glyph.ts';
import { icon } from '../../ui/icon/icon.ts';
import { renderDifferences, type DifferenceCommands } from './differences.ts';
import { hasPassed } from './test-runner.ts';
import type { TestCall } from './test-visit.ts';
import '../../ui/badge/badge.ts';
import '../../ui/button/button.ts';
import '../../ui/json-view/json-view.ts';

/** The bar above request and answer: method, address, status, time. */
export function renderCallBar({ result }: TestCall): TemplateResult | typeof nothing {
  if (result?.request === undefined) return nothing;
  const { request, status, duration_ms: ms, mocked } = result;
  return html`<div class="call">
    <span class="verb ${request.method === 'GET' ? '' : 'verb-post'}">${request.method}</span>
    <code class="cut grow" title=${request.url}>${request.url}</code>
    ${mocked ? html`<span class="tag">not called</span>` : nothing}
    ${status === undefined ? nothing : html`<span class="badge badge-${status < 400 ? 'success' : 'danger'} status" data-status>${status}</span>`}
    <span class="num t2 nowrap" data-duration>${formatDuration(ms)}</span>
  </div>`;
}

/** What came back: the verdict, differences from the schema, headers and body; secrets are masked by the server. */
export function renderResponse(call: TestCall, commands: DifferenceCommands): TemplateResult {
  const { result, problem } = call;
  if (result === undefined) {
    return html`<div class="note note-danger" role="alert">${icon('circle-alert')}<span>${problem}</span></div>`;
  }
  const differences = renderDifferences(result, commands);
  return html`${renderCallBar(call)} ${renderVerdict(call, result)} ${differences.content}
  ${renderHeaders('Headers', result.headers)}
  ${
    result.body === undefined && result.status === undefined
      ? nothing
      : html`<div class="well" data-body>
          ${
            typeof result.body === 'object' && result.body !== null
              ? html`<pb-json-view
                  label="Body of the answer"
                  depth="4"
                  .value=${result.body}
                  .marks=${differences.marks}
                ></pb-json-view>`
              : html`<pre tabindex="0" aria-label="Body of the answer">
${result.body === undefined ? 'No body' : textOf(result.body)}</pre>`
          }
        </div>`
  }`;
}

function renderVerdict(call: TestCall, result: TestOperationResult): TemplateResult {
  if (result.error !== undefined) {
    const { message, hint, code } = result.error;
    return html`<div class="note note-danger" role="status" data-verdict="failed">
      ${glyph('failed')}
      <div>
        <p class="medium">${message}</p>
        <p>${hint}</p>
        <code class="t2">${code}</code>
      </div>
    </div>`;
  }
  if (!hasPassed(call)) return html``;
  const words =
    result.schema_valid === undefined
      ? 'Passed. There is no response schema to compare with.'
      : 'Passed, and the answer fits the schema.';
  return html`<p class="row verdict" role="status" data-verdict="passed">
    ${glyph('succeeded')}<span>${words}</span>
  </p>`;
}

/** The request as it was sent, secrets masked. */
export function renderRequest(call: TestCall): TemplateResult {
  const request = call.result?.request;
  return html`${renderCallBar(call)}
    ${request === undefined ? html`<p class="t2">No request was sent.</p>` : renderHeaders('Headers', request.headers, true)}
    <h3 class="h3">Input</h3>
    <div class="well"><pb-json-view label="Input" depth="4" .value=${call.input}></pb-json-view></div>`;
}

function renderHeaders(
  title: string,
  headers: Readonly<Record<string, string>>,
  isOpen = false,
): TemplateResult | typeof nothing {
  const entries = Object.entries(headers);
  if (entries.length === 0) return nothing;
  return html`<details class="headers" ?open=${isOpen}>
    <summary>${icon('chevron-right', 14)}${title}<span class="count">${entries.length}</span></summary>
    <dl class="facts">
      ${entries.map(
        ([name, value]) =>
          html`<dt><code>${name}</code></dt>
            <dd><code>${value}</code></dd>`,
      )}
    </dl>
  </details>`;
}

/** The calls of this visit, newest first; choosing one shows it. */
export function renderLog(
  calls: readonly TestCall[],
  shown: TestCall | undefined,
  choose: (call: TestCall) => void,
): TemplateResult {
  if (calls.length === 0) return html`<p class="t2">No calls yet in this visit.</p>`;
  return html`<ul class="log" aria-label="Calls of this visit">
    ${calls.map(
      (call) =>
        html`<li>
          <button
            type="button"
            class=${call.number === shown?.number ? 'is-on' : ''}
            @click=${() => {
              choose(call);
            }}
          >
            <span class="num t3">${clockTime(call.at)}</span>
            <span class="cut grow">${call.operation}</span>
            <span class=${hasPassed(call) ? 't2' : 'is-bad'}
              >${call.result?.status ?? call.result?.error?.code ?? 'not sent'}</span
            >
            <span class="num t2">${call.result === undefined ? '' : formatDuration(call.result.duration_ms)}</span>
          </button>
        </li>`,
    )}
  </ul>`;
}
