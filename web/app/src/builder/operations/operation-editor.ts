import { consume } from '@lit/context';
import type { OperationDefinition } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { appContext, type AppContext } from '../../shell/app-context.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { schemaFromAnswer } from '../schema/infer-from-answer.ts';
import type { BuilderSession } from '../shell/builder-session.ts';
import { builderPath } from '../shell/builder-path.ts';
import { renderBodyPanel } from './body-panel.ts';
import { contextOf, type OperationContext } from './operation-context.ts';
import {
  effectOf,
  effectWords,
  missingPathNames,
  pathParts,
  renamed,
  unusedPathNames,
  withPathParameters,
} from './operation-edits.ts';
import { operationEditorStyles } from './operation-editor-styles.ts';
import { askForSample } from './paste-sample.ts';
import { renderResponse } from './response-panel.ts';
import { renderSamplePanel } from './sample-panel.ts';
import '../../ui/button/button.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';
import '../../ui/tabs/tabs.ts';
import './parameter-table.ts';
import './path-input.ts';

type PanelId = 'parameters' | 'body' | 'response' | 'sample';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies OperationDefinition['method'][];

/**
 * @summary One operation: names, method and path, and its parameters, body, response and sample.
 * @event pb-operation-duplicate - A copy behind it is wanted.
 */
@customElement('pb-operation-editor')
export class PbOperationEditor extends SignalWatcher(PbElement) {
  static override styles = [baseStyles, operationEditorStyles];

  @consume({ context: appContext })
  private readonly app!: AppContext;

  @property({ attribute: false }) session!: BuilderSession;
  @property({ type: Number }) index = 0;

  @state() private panel: PanelId = 'parameters';

  private setTitle(context: OperationContext, title: string): void {
    const { session, index } = context;
    const operations = renamed(session.connector.get().operations ?? [], index, title);
    session.change({ operations }, { mergeKey: `operations/${index}/display_name` });
  }

  private async inferFromSample(context: OperationContext): Promise<void> {
    const sample = await askForSample({ heading: 'Infer from a sample', action: 'Infer the schema' });
    if (sample === undefined) return;
    const schema = schemaFromAnswer(sample.value, context.operation.response_schema);
    context.change({ response_schema: schema as Record<string, unknown> }, 'response_schema');
    this.app.announcer.announce('The schema was inferred from the sample.');
  }

  private renderHead({ operation, session, isReadonly }: OperationContext): TemplateResult {
    const effect = effectOf(operation);
    const isSaved = session.id !== '';
    return html`<div class="row head">
      <h2 class="title cut">${operation.display_name || 'Operation'}</h2>
      <span class="key">${operation.name}</span>
      <span class="tag">${icon(effect === 'read' ? 'eye' : 'repeat', 12)}${effectWords[effect]}</span>
      <span class="end"></span>
      ${
        isReadonly
          ? nothing
          : html`<pb-button
              variant="ghost"
              size="small"
              icon="copy"
              @click=${() => this.emitLocal('pb-operation-duplicate')}
              >Duplicate</pb-button
            >`
      }
      <pb-button
        size="small"
        icon="play"
        ?disabled=${!isSaved}
        .href=${isSaved ? `/app${builderPath(session, 'test')}?op=${encodeURIComponent(operation.name)}` : undefined}
        >Try it</pb-button
      >
    </div>`;
  }

  private renderNames(context: OperationContext): TemplateResult {
    const { operation, isReadonly } = context;
    if (isReadonly)
      return html`${operation.description === '' ? nothing : html`<p class="t2">${operation.description}</p>`}`;
    return html`<div class="names">
      <pb-input
        id="display-name"
        label="Display name"
        .error=${context.errorOf('display_name')}
        .value=${operation.display_name}
        @pb-input=${(event: CustomEvent<string>) => {
          this.setTitle(context, event.detail);
        }}
      ></pb-input>
      <pb-input
        label="Operation name"
        mono
        .error=${this.nameProblem(context)}
        .value=${operation.name}
        @pb-input=${(event: CustomEvent<string>) => {
          context.change({ name: event.detail.trim() }, 'name');
        }}
      ></pb-input>
      <pb-input
        class="wide"
        label="Description"
        optional
        .error=${context.errorOf('description')}
        .value=${operation.description}
        @pb-input=${(event: CustomEvent<string>) => {
          context.change({ description: event.detail }, 'description');
        }}
      ></pb-input>
    </div>`;
  }

  private nameProblem({ session, operation, index, errorOf }: OperationContext): string | undefined {
    const others = (session.connector.get().operations ?? []).filter((_, at) => at !== index);
    if (others.some(({ name }) => name === operation.name)) return 'Another operation has this name.';
    if (!/^[a-z][a-zA-Z0-9_]*$/.test(operation.name)) return 'Letters, digits and _, starting with a small letter.';
    return errorOf('name');
  }

  private renderPath(context: OperationContext): TemplateResult {
    const { operation, isReadonly, errorOf } = context;
    if (isReadonly) return renderPathText(operation);
    const automatic = effectWords[effectOf({ method: operation.method })];
    return html`<div class="path">
      <pb-select
        label="Method"
        label-hidden
        .error=${errorOf('method')}
        .value=${operation.method}
        .options=${methods.map((value) => ({ value, label: value }))}
        @pb-change=${(event: CustomEvent<OperationDefinition['method']>) => {
          context.change({ method: event.detail }, 'method');
        }}
      ></pb-select>
      <pb-path-input
        label="Path"
        label-hidden
        .error=${errorOf('path') ?? (operation.path.startsWith('/') ? undefined : 'A path starts with /.')}
        .value=${operation.path}
        @pb-input=${(event: CustomEvent<string>) => {
          context.change({ path: event.detail }, 'path');
        }}
      ></pb-path-input>
      <pb-select
        label="Effect"
        label-hidden
        .value=${operation.effect ?? ''}
        .options=${[
          { value: '', label: `By method: ${automatic}` },
          ...Object.entries(effectWords).map(([value, label]) => ({ value, label })),
        ]}
        @pb-change=${(event: CustomEvent<string>) => {
          const effect = event.detail === '' ? undefined : (event.detail as keyof typeof effectWords); // one of the options
          context.change({ effect }, 'effect');
        }}
      ></pb-select>
    </div>`;
  }

  private renderPathNotes(context: OperationContext): TemplateResult | typeof nothing {
    const { operation, isReadonly } = context;
    const missing = missingPathNames(operation);
    const unused = unusedPathNames(operation);
    if (isReadonly || missing.length + unused.length === 0) return nothing;
    return html`<div class="note note-warning" role="status">
      ${icon('triangle-alert')}
      <div class="grow">
        ${missing.length === 0 ? nothing : html`<p>The path names ${keys(missing)}, but no parameter fills ${missing.length === 1 ? 'it' : 'them'}.</p>`}
        ${unused.length === 0 ? nothing : html`<p>${keys(unused)} ${unused.length === 1 ? 'is' : 'are'} not in the path.</p>`}
      </div>
      ${
        missing.length === 0
          ? nothing
          : html`<pb-button
              size="small"
              @click=${() => {
                context.change({ parameters: withPathParameters(operation, missing).parameters }, 'parameters');
              }}
              >${missing.length === 1 ? 'Add the parameter' : `Add ${missing.length} parameters`}</pb-button
            >`
      }
    </div>`;
  }

  private renderPanel(context: OperationContext): TemplateResult {
    const commands = {
      pasteSample: () => void this.inferFromSample(context),
      openSample: () => {
        this.panel = 'sample';
      },
    };
    switch (this.panel) {
      case 'parameters':
        return html`<pb-parameter-table .session=${this.session} .index=${this.index}></pb-parameter-table>
          <div class="below">${renderResponse({ ...context, isReadonly: true }, commands)}</div>`;
      case 'body':
        return renderBodyPanel(context);
      case 'response':
        return html`<div class="panel">${renderResponse(context, commands)}</div>`;
      case 'sample':
        return renderSamplePanel(context);
    }
  }

  private renderTabs(context: OperationContext): TemplateResult {
    const { operation, session, index } = context;
    const problems = session.errorCount(`/operations/${index}/parameters`);
    const items = [
      {
        ...{ id: 'parameters', label: 'Parameters' },
        ...(problems > 0 ? { count: problems, tone: 'bad' as const } : { count: operation.parameters.length }),
      },
      { id: 'body', label: 'Body', ...(operation.body !== undefined && { count: 1 }) },
      { id: 'response', label: 'Response' },
      { id: 'sample', label: 'Sample' },
    ];
    return html`<pb-tabs
      label="Parts of the operation"
      .value=${this.panel}
      .items=${items}
      @pb-tab-change=${(event: CustomEvent<PanelId>) => {
        this.panel = event.detail;
      }}
      >${this.renderPanel(context)}</pb-tabs
    >`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const context = contextOf(this.session, this.index);
    if (context === undefined) return nothing;
    return html`${this.renderHead(context)}${this.renderNames(context)}${this.renderPath(context)}
    ${this.renderPathNotes(context)}${this.renderTabs(context)}`;
  }
}

function renderPathText({ method, path }: OperationDefinition): TemplateResult {
  const parts = pathParts(path).map(({ text, isVariable }) =>
    isVariable ? html`<span class="var">${text}</span>` : text,
  );
  return html`<p class="call">
    <span class="verb ${method === 'GET' ? '' : 'verb-post'}">${method}</span><code>${parts}</code>
  </p>`;
}

const keys = (names: readonly string[]): TemplateResult[] =>
  names.map((name) => html`<span class="key">${name}</span> `);

declare global {
  interface HTMLElementTagNameMap {
    'pb-operation-editor': PbOperationEditor;
  }
}
