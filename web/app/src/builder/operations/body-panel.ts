import type { BodyDefinition } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import { changed, type Change, type OperationContext } from './operation-context.ts';
import '../../ui/checkbox/checkbox.ts';
import '../../ui/select/select.ts';
import '../../ui/switch/switch.ts';
import '../schema/schema-editor.ts';

const contentTypes = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'];

const blankBody: BodyDefinition = {
  content_type: 'application/json',
  required: true,
  schema: { type: 'object', properties: {} },
};

/** The tab Body: a whole body with its type and schema, beside the single parameters that go into the body. */
export function renderBodyPanel(context: OperationContext): TemplateResult {
  const { operation, isReadonly } = context;
  const { body, parameters } = operation;
  const inBody = parameters.filter(({ location }) => location === 'body').map(({ name }) => name);
  return html`<div class="panel">
    <pb-switch
      label="A whole body"
      help="The field body of the input holds it. Without it, the body is made of the parameters whose place is Body."
      ?disabled=${isReadonly}
      ?checked=${body !== undefined}
      @pb-change=${(event: CustomEvent<boolean>) => {
        context.change({ body: event.detail ? blankBody : undefined }, 'body');
      }}
    ></pb-switch>
    ${inBody.length === 0 ? nothing : html`<p class="t2">In the body now: ${inBody.map((name) => html`<span class="key">${name}</span> `)}</p>`}
    ${body === undefined ? nothing : renderBody(context, body)}
  </div>`;
}

function renderBody(context: OperationContext, body: BodyDefinition): TemplateResult {
  const { isReadonly } = context;
  const set = (change: Change<BodyDefinition>): void => {
    context.change({ body: changed(body, change) }, `body/${Object.keys(change).join()}`);
  };
  const options = [...new Set([...contentTypes, body.content_type])].map((value) => ({ value, label: value }));
  return html`<div class="row body-row">
      <pb-select
        label="Content type"
        ?disabled=${isReadonly}
        .error=${context.errorOf('body/content_type')}
        .value=${body.content_type}
        .options=${options}
        @pb-change=${(event: CustomEvent<string>) => {
          set({ content_type: event.detail });
        }}
      ></pb-select>
      <pb-checkbox
        label="Required"
        ?disabled=${isReadonly}
        ?checked=${body.required}
        @pb-change=${(event: CustomEvent<boolean>) => {
          set({ required: event.detail });
        }}
      ></pb-checkbox>
    </div>
    <pb-schema-editor
      label="Body"
      subject="The body is"
      ?readonly=${isReadonly}
      .error=${context.errorOf('body/schema')}
      .schema=${body.schema}
      @pb-schema-change=${(event: CustomEvent<BodyDefinition['schema'] | undefined>) => {
        set({ schema: event.detail ?? {} });
      }}
    ></pb-schema-editor>`;
}
