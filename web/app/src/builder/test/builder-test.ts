import { consume } from '@lit/context';
import type { OperationDefinition } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FormChange } from '../../forms/schema-form/schema-form.ts';
import type { FormSchema } from '../../forms/schema/form-schema.ts';
import { clockTime } from '../../format/time.ts';
import { appContext, type AppContext } from '../../shell/app-context.ts';
import { askConfirmation } from '../../shell/confirm/ask-confirmation.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { schemaFromAnswer, withValueOf } from '../schema/infer-from-answer.ts';
import type { BuilderSession } from '../shell/builder-session.ts';
import { builderTabStyles } from '../shell/builder-styles.ts';
import { builderPath } from '../shell/builder-path.ts';
import { renderLog, renderRequest, renderResponse } from './answer-panel.ts';
import { renderCredentials } from './credentials-panel.ts';
import type { DifferenceCommands } from './differences.ts';
import { inputSchemaOf } from './input-schema.ts';
import { renderMatrix } from './matrix-panel.ts';
import { reportWords, runAll } from './run-all.ts';
import { matrixOf } from './test-matrix.ts';
import { hasPassed, inputOf, inputProblems, missingCredentials, runOperation, type MockAnswer } from './test-runner.ts';
import { testStyles } from './test-styles.ts';
import { visitOf, type TestCall } from './test-visit.ts';
import { askForSample } from '../operations/paste-sample.ts';
import '../../forms/schema-form/schema-form.ts';
import '../../ui/button/button.ts';
import '../../ui/empty/empty.ts';
import '../../ui/segmented/segmented.ts';

type AnswerView = 'response' | 'request' | 'log';

/**
 * @summary The tab Test: credentials of this visit, operations with the state of their tests, a form for the chosen one (`?op=`),
 * and what came back.
 */
@customElement('pb-builder-test')
export class PbBuilderTest extends SignalWatcher(PbElement) {
  static override styles = [...builderTabStyles, testStyles];

  @consume({ context: appContext })
  private readonly app!: AppContext;

  @property({ attribute: false }) session!: BuilderSession;

  @state() private view: AnswerView = 'response';
  @state() private running: string | undefined;
  @state() private isRunningAll = false;
  /** Call of the log that is shown; undefined: the last one of the chosen operation. */
  @state() private shownCall: number | undefined;
  private isStopping = false;
  /** The person tried to run: what is missing is said. */
  @state() private isChecked = false;

  private get operations(): readonly OperationDefinition[] {
    return this.session.connector.get().operations ?? [];
  }

  private get chosen(): OperationDefinition | undefined {
    const name = this.app.router.location.get().query.get('op');
    return this.operations.find((operation) => operation.name === name) ?? this.operations[0];
  }

  private get call(): TestCall | undefined {
    const calls = visitOf(this.session).calls.get();
    const { chosen } = this;
    if (this.shownCall !== undefined) return calls.find(({ number }) => number === this.shownCall);
    return calls.find(({ operation }) => operation === chosen?.name);
  }

  private choose(name: string): void {
    this.shownCall = undefined;
    this.isChecked = false;
    if (this.view === 'log') this.view = 'response';
    this.app.router.setQuery({ op: name });
  }

  private async run(operation: OperationDefinition, mock?: MockAnswer): Promise<TestCall> {
    this.running = operation.name;
    this.shownCall = undefined;
    try {
      return await runOperation(this.session, operation, mock);
    } finally {
      this.running = undefined;
    }
  }

  private async runOne(operation: OperationDefinition): Promise<void> {
    if (this.running !== undefined) return;
    this.isChecked = true;
    const isIncomplete =
      missingCredentials(this.session).length > 0 || Object.keys(inputProblems(this.session, operation)).length > 0;
    if (isIncomplete) {
      this.app.announcer.announce('Something is missing for the test.');
      return;
    }
    const call = await this.run(operation);
    this.view = 'response';
    this.app.announcer.announce(hasPassed(call) ? 'The test passed.' : 'The test failed.');
  }

  /** Checks an answer that the person has, without calling anybody (DI-87x). */
  private async checkAnswer(operation: OperationDefinition): Promise<void> {
    const answer = await askForSample({
      heading: 'Check an answer without a call',
      action: 'Check it',
      hasStatus: true,
    });
    if (answer === undefined || this.running !== undefined) return;
    await this.run(operation, { status: answer.status, body: answer.value });
    this.view = 'response';
  }

  private async runAll(): Promise<void> {
    if (this.isRunningAll) {
      this.isStopping = true;
      return;
    }
    if (this.running !== undefined) return;
    this.isChecked = true;
    if (missingCredentials(this.session).length > 0) return;
    this.isRunningAll = true;
    this.isStopping = false;
    try {
      const report = await runAll(this.operations, {
        run: async (operation) => hasPassed(await this.run(operation)),
        isComplete: (operation) => Object.keys(inputProblems(this.session, operation)).length === 0,
        mayChange: askToChange,
        mayGoOn: () => !this.isStopping && this.isConnected,
      });
      const isClean = report.failed === 0 && report.skipped.length === 0;
      this.app.toasts.show(reportWords(report), { tone: isClean ? 'success' : 'neutral' });
    } finally {
      this.isRunningAll = false;
    }
  }

  private edit(operation: OperationDefinition, change: Partial<OperationDefinition>): void {
    const operations = this.operations.map((one) => (one.name === operation.name ? { ...one, ...change } : one));
    this.session.change({ operations });
  }

  private setSchema(operation: OperationDefinition, schema: FormSchema): void {
    this.edit(operation, { response_schema: schema as Record<string, unknown> });
  }

  private commandsFor(operation: OperationDefinition, call: TestCall): DifferenceCommands {
    const schema = operation.response_schema as FormSchema | undefined; // a JSON Schema by the contract
    const body = call.result?.body;
    if (this.session.mode('operations') !== 'edit') return { schema };
    return {
      schema,
      mend: (pointer) => {
        this.setSchema(operation, withValueOf(schema ?? {}, pointer, body));
      },
      takeAnswer: () => {
        this.setSchema(operation, schemaFromAnswer(body, schema));
      },
    };
  }

  private saveSample(operation: OperationDefinition, call: TestCall): void {
    this.edit(operation, { sample: { input: { ...call.input }, output: call.result?.body } });
    this.app.toasts.show('Saved as sample');
  }

  private renderForm(operation: OperationDefinition): TemplateResult {
    const { session } = this;
    const problems = this.isChecked ? inputProblems(session, operation) : {};
    const { inputs } = visitOf(session);
    return html`<div
      class="req"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void this.runOne(operation);
      }}
    >
      <div>
        <h2 class="h2">${operation.display_name}</h2>
        <p class="t2 line"><span class="verb">${operation.method}</span><code class="path">${operation.path}</code></p>
        ${operation.description === '' ? nothing : html`<p class="help">${operation.description}</p>`}
      </div>
      <pb-schema-form
        unfolded
        .schema=${inputSchemaOf(operation)}
        .value=${inputOf(session, operation)}
        .errors=${problems}
        @pb-form-change=${(event: CustomEvent<FormChange>) => {
          event.stopPropagation();
          const whole = event.detail.whole as Readonly<Record<string, unknown>>; // the form of an object
          inputs.set({ ...inputs.get(), [operation.name]: whole });
        }}
      ></pb-schema-form>
      <pb-button
        block
        variant="primary"
        icon="play"
        ?busy=${this.running === operation.name}
        @click=${() => void this.runOne(operation)}
        >Run this operation<span class="kbd">Ctrl ↵</span></pb-button
      >
      <pb-button variant="link" @click=${() => void this.checkAnswer(operation)}
        >Check an answer without a call</pb-button
      >
    </div>`;
  }

  private renderAnswer(operation: OperationDefinition): TemplateResult {
    const { call, view } = this;
    const calls = visitOf(this.session).calls.get();
    return html`<section class="res" aria-labelledby="answer">
      <header class="row">
        <h2 class="h2" id="answer">Answer</h2>
        ${call === undefined ? nothing : html`<span class="t3 num">${clockTime(call.at)}</span>`}
        <pb-segmented
          class="end"
          label="What is shown"
          .value=${view}
          .items=${[
            { value: 'response', label: 'Response' },
            { value: 'request', label: 'Request' },
            { value: 'log', label: 'Log', count: calls.length },
          ]}
          @pb-change=${(event: CustomEvent<AnswerView>) => {
            this.view = event.detail;
          }}
        ></pb-segmented>
      </header>
      ${view === 'log' ? this.renderLog(calls) : call === undefined ? this.renderNoAnswer() : view === 'request' ? renderRequest(call) : this.renderResponse(operation, call)}
    </section>`;
  }

  private renderLog(calls: readonly TestCall[]): TemplateResult {
    return renderLog(calls, this.call, (call) => {
      this.choose(call.operation);
      this.shownCall = call.number;
    });
  }

  private renderNoAnswer(): TemplateResult {
    return html`<p class="t2">Run the operation: status, headers, body and time of the answer stand here.</p>`;
  }

  private renderResponse(operation: OperationDefinition, call: TestCall): TemplateResult {
    const isEditable = this.session.mode('operations') === 'edit';
    const hasAnswer = call.result?.status !== undefined;
    return html`${renderResponse(call, this.commandsFor(operation, call))}
    ${
      hasAnswer && isEditable
        ? html`<div class="row acts">
            <pb-button
              size="small"
              icon="clipboard-paste"
              @click=${() => {
                this.saveSample(operation, call);
              }}
              >Save as sample</pb-button
            >
            ${
              operation.response_schema === undefined
                ? html`<pb-button
                    size="small"
                    icon="wand-sparkles"
                    @click=${() => {
                      this.setSchema(operation, schemaFromAnswer(call.result?.body));
                    }}
                    >Infer schema</pb-button
                  >`
                : nothing
            }
          </div>`
        : nothing
    }`;
  }

  private renderEmpty(): TemplateResult {
    const isNew = this.session.id === '';
    return html`<pb-empty heading=${isNew ? 'Save the draft first' : 'Nothing to test yet'} drawing="runs"
      >${isNew ? 'A test calls the operations of a saved draft.' : 'Add an operation; it can be tested at once, before anything is published.'}
      <pb-button
        slot="actions"
        variant="primary"
        href="/app${builderPath(this.session, isNew ? 'overview' : 'operations')}"
        >${isNew ? 'Overview' : 'Add Operation'}</pb-button
      >
    </pb-empty>`;
  }

  protected override render(): TemplateResult {
    const { chosen, session } = this;
    if (chosen === undefined || session.id === '') return this.renderEmpty();
    return html`<div class="tgrid">
      <div class="ops">
        ${renderCredentials(session, this.isChecked ? missingCredentials(session) : [])}
        ${renderMatrix({
          rows: matrixOf(this.operations, session.stored.get().test_results),
          selected: chosen.name,
          running: this.running,
          isRunningAll: this.isRunningAll,
          choose: (name) => {
            this.choose(name);
          },
          runAll: () => void this.runAll(),
        })}
      </div>
      ${this.renderForm(chosen)} ${this.renderAnswer(chosen)}
    </div>`;
  }
}

function askToChange(operations: readonly OperationDefinition[]): Promise<boolean> {
  const names = operations.map(({ display_name, method }) => `${display_name} (${method})`).join(', ');
  return askConfirmation({
    heading: 'Also run operations that change something?',
    text: `They write to the real system with what is filled in: ${names}.`,
    action: operations.length === 1 ? 'Run it' : `Run all ${operations.length}`,
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-builder-test': PbBuilderTest;
  }
}
