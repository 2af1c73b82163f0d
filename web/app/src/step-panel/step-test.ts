import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ApiClient, RouteResponse } from '@patchbay/api-contract/client';
import { setSample } from '@patchbay/canvas-core';
import type { JsonValue, Step } from '@patchbay/flow-model';
import type { FlowSession } from '../canvas/editor/flow-session.ts';
import { problemSentence } from '../problems/describe-problem.ts';
import { formatDuration } from '../run-view/durations.ts';
import { baseStyles } from '../styles/base-styles.ts';
import { glyph } from '../ui/glyph/glyph.ts';
import { icon } from '../ui/icon/icon.ts';
import { PbElement } from '../ui/pb-element.ts';
import { validateValue } from '../forms/schema/validate-value.ts';
import { emptyScope, type FieldScope } from './field/field-scope.ts';
import { panelStyles } from './panel-styles.ts';
import type { Evaluated } from './preview/field-preview.ts';
import { PreviewController } from './preview/preview-controller.ts';
import '../ui/json-view/json-view.ts';

type TestResult = RouteResponse<'testStep'>;

/**
 * @summary Runs one step for real: the input as resolved on samples, the answer, whether it fits the schema, and "Save as sample".
 * @event pb-step-tested - detail is `{ key, output }` of a successful test.
 */
@customElement('pb-step-test')
export class PbStepTest extends PbElement {
  static override styles = [baseStyles, panelStyles];

  @property({ attribute: false }) api!: ApiClient;
  @property({ attribute: false }) session!: FlowSession;
  @property({ attribute: false }) step!: Step;
  @property({ attribute: false }) scope: FieldScope = emptyScope;

  @state() private result: TestResult | undefined;
  @state() private problem = '';
  @state() private isBusy = false;
  readonly #previews = new PreviewController(this);
  #shownFor = '';

  protected override willUpdate(): void {
    if (this.#shownFor === this.step.key) return;
    this.#shownFor = this.step.key;
    this.result = undefined;
    this.problem = '';
  }

  /** Runs the step. */
  async run(): Promise<void> {
    const { key } = this.step;
    const issue = this.session.issues
      .get()
      .find((candidate) => candidate.severity === 'error' && candidate.step === key);
    this.problem = issue === undefined ? '' : issue.message.replaceAll('`', '');
    if (this.isBusy || issue !== undefined) return;
    this.isBusy = true;
    try {
      if (!(await this.session.autosave.flush())) {
        this.problem = 'The draft could not be saved, so the step was not run.';
        return;
      }
      const scope = { ...this.scope.values };
      this.result = await this.api.call('testStep', { params: { id: this.session.id }, body: { step: key, scope } });
      const { output } = this.result;
      if (this.result.state === 'succeeded') this.emit('pb-step-tested', { key, output });
      this.emit('pb-announce', this.result.state === 'succeeded' ? 'The step succeeded.' : 'The step failed.');
    } catch (error) {
      this.problem = problemSentence(error);
    } finally {
      this.isBusy = false;
    }
  }

  private get resolved(): Evaluated | undefined {
    return this.step.kind === 'operation'
      ? this.#previews.value({ object: this.step.input }, this.scope.values)
      : undefined;
  }

  private get outputProblems(): string[] {
    if (this.step.kind !== 'operation' || this.result?.state !== 'succeeded') return [];
    const { connector, version, operation: name } = this.step;
    const operation = this.session.catalog
      .manifestOf(connector, version)
      ?.operations.find((candidate) => candidate.name === name);
    if (operation === undefined) return [];
    return Object.entries(validateValue(operation.output, this.result.output)).map(
      ([pointer, message]) => `${pointer === '' ? 'Output' : pointer}: ${message}`,
    );
  }

  private renderInput(): TemplateResult | typeof nothing {
    const { resolved } = this;
    if (resolved === undefined) return nothing;
    return html`<section class="blk">
      <div class="row">
        <h3 class="h3">Input</h3>
        <span class="t3 small">as resolved on samples</span>
      </div>
      ${
        'value' in resolved
          ? html`<pb-json-view .value=${resolved.value} label="Input"></pb-json-view>`
          : html`<p class="help help-bad">${icon('circle-alert', 12)}<span>${resolved.problem}</span></p>`
      }
    </section>`;
  }

  private renderResult(result: TestResult): TemplateResult {
    const isGood = result.state === 'succeeded';
    const problems = this.outputProblems;
    return html`<div class="result ${isGood ? '' : 'is-bad'}" role="status">
        ${glyph(result.state)}
        ${
          isGood
            ? html`<span class="medium">Succeeded</span
                ><span class="end num t2">${formatDuration(result.durationMs)}</span>`
            : html`<div class="col" style="gap:2px">
                <b class="medium">${result.error?.message ?? 'The step failed.'}</b>
                ${result.error?.hint === undefined ? nothing : html`<span class="t2">${result.error.hint}</span>`}
                <code class="t3">${result.error?.code}</code>
              </div>`
        }
      </div>
      ${
        isGood
          ? html`<section class="blk">
              <div class="row">
                <h3 class="h3">Output</h3>
                ${
                  this.step.kind === 'operation'
                    ? html`<span class="t3 small"
                        >${problems.length === 0 ? 'fits the schema' : 'differs from the schema'}</span
                      >`
                    : nothing
                }
                <button class="btn btn-secondary btn-small end" @click=${() => this.saveSample(result.output)}>
                  Save as sample
                </button>
              </div>
              ${problems.slice(0, 5).map((problem) => html`<p class="help help-bad">${icon('circle-alert', 12)}<span>${problem}</span></p>`)}
              <pb-json-view .value=${result.output} label="Output"></pb-json-view>
            </section>`
          : nothing
      }`;
  }

  private saveSample(output: unknown): void {
    this.session.run(setSample(this.step.key, output as JsonValue)); // an answer of the API is JSON
    this.emit('pb-announce', 'Saved as sample. Fields of later steps show its values.');
  }

  protected override render(): TemplateResult {
    return html`<div class="form scroll grow is-padded">
      <p class="t2">Runs this step for real, with the data of earlier steps taken from their samples.</p>
      <div class="row">
        <button
          class="btn btn-secondary"
          aria-disabled=${this.isBusy ? 'true' : nothing}
          @click=${() => void this.run()}
        >
          ${this.isBusy ? glyph('running') : icon('play')}${this.isBusy ? 'Running' : 'Run this step'}
        </button>
      </div>
      ${this.problem === '' ? nothing : html`<p class="help help-bad" role="alert">${icon('circle-alert', 12)}<span>${this.problem}</span></p>`}
      ${this.result === undefined ? nothing : this.renderResult(this.result)} ${this.renderInput()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-step-test': PbStepTest;
  }
}
