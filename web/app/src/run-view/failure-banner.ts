import { html, nothing, type TemplateResult } from 'lit';
import type { Run } from '@patchbay/api-contract/client';
import type { Binding, FlowDocument } from '@patchbay/flow-model';
import { escapePointer, listBindingReferences } from '@patchbay/flow-model/expression';
import { glyph } from '../ui/glyph/glyph.ts';
import '../ui/button/button.ts';

/** Why a run failed, in one sentence, and the way to the field that may be the cause. */
export function failureBanner(run: Run): TemplateResult | typeof nothing {
  const { error } = run;
  if (run.state !== 'failed' || error === undefined) return nothing;
  const key = error.stepPath.replace(/^.*\]\./, '');
  const step = run.document.steps[key];
  const field = suspectField(run.document, key, error);
  return html`<section class="cause" role="alert">
    ${glyph('failed')}
    <div class="grow">
      <p class="lead"><b>${step?.title ?? run.failedStep ?? 'The run'}</b> ${failedWords(error)}: ${error.message}</p>
      ${field === undefined ? html`<p class="t2">${error.hint}</p>` : suspicion(field, error.hint)}
    </div>
    ${step === undefined ? nothing : html`<pb-button icon="square-pen" href=${fieldAddress(run, key, field)}>Open field</pb-button>`}
  </section>`;
}

type RunError = NonNullable<Run['error']>;

function failedWords(error: RunError): string {
  const item = /\[(\d+)\]/.exec(error.stepPath)?.[1];
  const which = item === undefined ? '' : ` for item ${Number(item) + 1}`;
  return `failed${which}${error.attempts > 1 ? ` after ${error.attempts} attempts` : ''}`;
}

function suspicion(field: SuspectField, hint: string | undefined): TemplateResult {
  const source =
    field.source === undefined
      ? nothing
      : html`, which comes from <span class="pill pill-broken">${field.source}</span>`;
  return html`<p class="t2">Look at <b class="medium">${field.name}</b>${source}. ${hint}</p>`;
}

/** Where the field is edited, with the data of this run. */
function fieldAddress(run: Run, key: string, field: SuspectField | undefined): string {
  const place = field === undefined ? '' : `&field=${encodeURIComponent(field.pointer)}`;
  return `/app/flows/${run.flowId}?run=${run.id}&step=${key}${place}`;
}

interface SuspectField {
  readonly pointer: string;
  readonly name: string;
  readonly source: string | undefined;
}

/** The input field that the error names, in its details or in its words. */
function suspectField(document: FlowDocument, key: string, error: RunError): SuspectField | undefined {
  const step = document.steps[key];
  if (step?.kind !== 'operation') return undefined;
  const details = error.details as { field?: unknown; pointer?: unknown } | undefined;
  const told = [details?.pointer, details?.field].find((value) => typeof value === 'string');
  const words = `${told ?? ''} ${error.message} ${JSON.stringify(error.details ?? '')}`.toLowerCase();
  const fields = fieldsOf(step.input, '/input').sort((one, other) => other.name.length - one.name.length);
  const field =
    fields.find(({ name }) => new RegExp(`\\b${escapePattern(name.toLowerCase())}\\b`).test(words)) ??
    (fields.length === 1 ? fields[0] : undefined);
  if (field === undefined) return undefined;
  return { pointer: field.pointer, name: field.name, source: sourceOf(document, field.binding) };
}

interface InputField {
  readonly pointer: string;
  readonly name: string;
  readonly binding: Binding;
}

/** The fields of an input and those inside them. */
function fieldsOf(input: Readonly<Record<string, Binding>>, parent: string): InputField[] {
  return Object.entries(input).flatMap(([name, binding]) => {
    const pointer = `${parent}/${escapePointer(name)}`;
    return [{ pointer, name, binding }, ...('object' in binding ? fieldsOf(binding.object, pointer) : [])];
  });
}

function sourceOf(document: FlowDocument, binding: Binding | undefined): string | undefined {
  const [reference] = binding === undefined ? [] : listBindingReferences(binding);
  if (reference === undefined) return undefined;
  const root =
    reference.root === 'trigger' ? document.trigger.title : (document.steps[reference.root]?.title ?? reference.root);
  return [root, ...reference.path.map(String)].join(' › ');
}

const escapePattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
