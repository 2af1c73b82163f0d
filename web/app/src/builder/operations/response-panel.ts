import { html, nothing, type TemplateResult } from 'lit';
import type { FormSchema } from '../../forms/schema/form-schema.ts';
import { clockTime } from '../../format/time.ts';
import { schemaFromAnswer } from '../schema/infer-from-answer.ts';
import { lastAnswerOf, visitOf } from '../test/test-visit.ts';
import type { OperationContext } from './operation-context.ts';
import '../../ui/button/button.ts';
import '../../ui/json-view/json-view.ts';
import '../schema/schema-editor.ts';

/** What the panel asks the editor for. */
export interface ResponsePanelCommands {
  readonly pasteSample: () => void;
  readonly openSample: () => void;
}

/** The schema of the answer: as a tree with descriptions and as JSON Schema; beside it the sample. */
export function renderResponse(context: OperationContext, commands: ResponsePanelCommands): TemplateResult {
  const { operation, isReadonly } = context;
  return html`<div class="two response">
    <pb-schema-editor
      label="Response schema"
      ?readonly=${isReadonly}
      .error=${context.errorOf('response_schema')}
      .schema=${operation.response_schema}
      @pb-schema-change=${(event: CustomEvent<FormSchema | undefined>) => {
        context.change({ response_schema: event.detail as Record<string, unknown> | undefined }, 'response_schema');
      }}
      >${isReadonly ? nothing : renderInference(context, commands)}</pb-schema-editor
    >
    ${renderSample(context, commands)}
  </div>`;
}

function renderInference(context: OperationContext, commands: ResponsePanelCommands): TemplateResult {
  const { operation, session } = context;
  const last = lastAnswerOf(visitOf(session), operation.name);
  const infer = (answer: unknown): void => {
    const schema = schemaFromAnswer(answer, operation.response_schema);
    context.change({ response_schema: schema as Record<string, unknown> }, 'response_schema');
  };
  return html`<span slot="actions" class="row">
    ${
      last?.result === undefined
        ? html`<span class="small t3">Test it once to infer the schema</span>`
        : html`<pb-button
            variant="link"
            label="Infer from last response, ${clockTime(last.at)}"
            @click=${() => {
              infer(last.result?.body);
            }}
            >Infer from last response</pb-button
          >`
    }
    <pb-button variant="link" @click=${commands.pasteSample}>Infer from a sample</pb-button>
  </span>`;
}

function renderSample({ operation, session }: OperationContext, commands: ResponsePanelCommands): TemplateResult {
  const { sample } = operation;
  return html`<section>
    <div class="row sample-head">
      <h3 class="h3">Sample</h3>
      ${
        session.mode('operations') === 'edit'
          ? html`<pb-button class="end" variant="link" @click=${commands.openSample}
              >${sample === undefined ? 'Write one' : 'Edit'}</pb-button
            >`
          : nothing
      }
    </div>
    ${
      sample?.output === undefined
        ? html`<p class="t2">No sample of the answer yet.</p>`
        : html`<div class="well">
            <pb-json-view label="Sample of the answer" .value=${sample.output}></pb-json-view>
          </div>`
    }
    <p class="help">Fields of the schema become data in every flow that uses this operation.</p>
  </section>`;
}
