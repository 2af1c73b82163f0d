import type { OperationDefinition } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import { isRecord } from '../../forms/schema/pointer.ts';
import { validateValue } from '../../forms/schema/validate-value.ts';
import { inputSchemaOf } from '../test/input-schema.ts';
import { changed, type Change, type OperationContext } from './operation-context.ts';
import '../../ui/button/button.ts';
import '../schema/json-editor.ts';

type Sample = NonNullable<OperationDefinition['sample']>;

/** The tab Sample: one example of input and answer, for people and for mappings. */
export function renderSamplePanel(context: OperationContext): TemplateResult {
  const { operation, isReadonly } = context;
  const { sample } = operation;
  if (sample === undefined) return renderNone(context);
  const set = (change: Change<Sample>): void => {
    context.change({ sample: changed(sample, change) }, `sample/${Object.keys(change).join()}`);
  };
  return html`<div class="panel">
    <div class="two even">
      <section>
        <h3 class="h3">Input</h3>
        <pb-json-editor
          label="Input of the sample"
          ?readonly=${isReadonly}
          .value=${sample.input}
          .problems=${problemsOf(inputSchemaOf(operation), sample.input)}
          @pb-change=${(event: CustomEvent<unknown>) => {
            if (isRecord(event.detail) && !Array.isArray(event.detail)) set({ input: event.detail });
          }}
        ></pb-json-editor>
      </section>
      <section>
        <h3 class="h3">Answer</h3>
        <pb-json-editor
          label="Answer of the sample"
          ?readonly=${isReadonly}
          .value=${sample.output}
          .problems=${operation.response_schema === undefined ? [] : problemsOf(operation.response_schema, sample.output)}
          @pb-change=${(event: CustomEvent<unknown>) => {
            set({ output: event.detail });
          }}
        ></pb-json-editor>
      </section>
    </div>
    ${
      isReadonly
        ? nothing
        : html`<pb-button
            size="small"
            icon="trash-2"
            variant="ghost"
            @click=${() => {
              context.change({ sample: undefined }, 'sample');
            }}
            >Remove the sample</pb-button
          >`
    }
  </div>`;
}

function renderNone(context: OperationContext): TemplateResult {
  return html`<div class="panel">
    <p class="t2">
      No sample yet. Save one from a test, or write one: it helps people who map the fields, and shows what comes back.
    </p>
    ${
      context.isReadonly
        ? nothing
        : html`<div>
            <pb-button
              size="small"
              icon="plus"
              @click=${() => {
                context.change({ sample: { input: {}, output: {} } }, 'sample');
              }}
              >Write a sample</pb-button
            >
          </div>`
    }
  </div>`;
}

const problemsOf = (schema: Parameters<typeof validateValue>[0], value: unknown) =>
  Object.entries(validateValue(schema, value)).map(([pointer, message]) => ({ pointer, message }));
