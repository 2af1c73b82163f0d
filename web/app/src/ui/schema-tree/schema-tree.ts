import { html, nothing, type TemplateResult } from 'lit';
import { typesOf, type FormSchema } from '../../forms/schema/form-schema.ts';
import { isRecord, textOf } from '../../forms/schema/pointer.ts';
import { icon } from '../icon/icon.ts';
import type { IconName } from '../icon/icon-names.ts';

const maxDepth = 5;

/** Icon of a JSON type, as in the data panel. */
export function typeIcon(schema: FormSchema): IconName {
  const [type] = typesOf(schema);
  if (type === 'object') return 'braces';
  if (type === 'array') return 'brackets';
  if (type === 'number' || type === 'integer') return 'hash';
  if (type === 'boolean') return 'toggle-left';
  if (schema.format === 'date-time' || schema.format === 'date') return 'calendar';
  return 'type';
}

/** What is said after the name: required, limits, default. */
function remarksOf(schema: FormSchema, isRequired: boolean): string {
  const remarks = [
    isRequired ? 'required' : '',
    schema.enum ? `one of ${schema.enum.slice(0, 4).map(String).join(', ')}${schema.enum.length > 4 ? ', …' : ''}` : '',
    schema.minimum === undefined ? '' : `at least ${schema.minimum}`,
    schema.maximum === undefined ? '' : `at most ${schema.maximum}`,
    isRecord(schema.default) || schema.default === undefined ? '' : `default ${textOf(schema.default)}`,
  ];
  return remarks.filter((remark) => remark !== '').join(', ');
}

function renderRow(name: string, schema: FormSchema, at: { depth: number; isRequired: boolean }): TemplateResult {
  return html`<li>
    <div class="schema-row">
      ${icon(typeIcon(schema), 12)}<span class="medium">${name}</span
      ><span class="t3 small cut">${remarksOf(schema, at.isRequired)}</span>
    </div>
    ${schema.description ? html`<p class="schema-about small t2">${schema.description}</p>` : nothing}
    ${renderChildren(schema, at.depth + 1)}
  </li>`;
}

function renderChildren(schema: FormSchema, depth: number): TemplateResult | typeof nothing {
  const inner = schema.items ?? schema;
  const entries = Object.entries(inner.properties ?? {});
  if (entries.length === 0 || depth > maxDepth) return nothing;
  return html`<ul class="schema-children">
    ${entries.map(([name, child]) =>
      renderRow(name, child, { depth, isRequired: inner.required?.includes(name) ?? false }),
    )}
  </ul>`;
}

/** A JSON Schema as a nested list of fields. */
export function schemaTree(schema: FormSchema): TemplateResult {
  const inner = schema.items ?? schema;
  const entries = Object.entries(inner.properties ?? {});
  if (entries.length === 0) {
    const [type] = typesOf(schema);
    return html`<p class="t3">
      ${type === undefined || type === 'object' ? 'Nothing fixed' : `A value of type ${type}`}
    </p>`;
  }
  return html`${schema.items ? html`<p class="t3 small">A list of</p>` : nothing}
    <ul>
      ${entries.map(([name, child]) => renderRow(name, child, { depth: 0, isRequired: inner.required?.includes(name) ?? false }))}
    </ul>`;
}
