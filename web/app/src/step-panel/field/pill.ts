import { html, nothing, type TemplateResult } from 'lit';
import { parsePill, splitTemplate, type Pill } from '@patchbay/flow-model/expression';
import type { FieldScope } from './field-scope.ts';

/** A pill in words: where it comes from and what it is. */
export interface PillWords {
  readonly from: string;
  readonly name: string;
  readonly isBroken: boolean;
  readonly isOptional: boolean;
}

/** Words for a piece of data; broken when its source is not in scope. */
export function pillWords(pill: Pill, scope: FieldScope): PillWords {
  const isLoop = pill.root === 'loop';
  const path = isLoop && pill.path[0] === 'item' ? pill.path.slice(1) : pill.path;
  const from = isLoop ? 'Item' : (scope.titles[pill.root] ?? pill.root);
  const name = path.map((part) => (typeof part === 'number' ? `${part + 1}.` : part)).join(' › ');
  return { from, name, isBroken: scope.schemas[pill.root] === undefined, isOptional: pill.isOptional };
}

/** A formula as a pill, or as code when it is more than one piece of data. */
export function renderFormula(formula: string, scope: FieldScope): TemplateResult {
  const pill = parsePill(formula);
  if (pill === undefined) return html`<code class="cut">${formula}</code>`;
  const words = pillWords(pill, scope);
  const tone = words.isBroken ? 'pill-broken' : words.isOptional ? 'pill-maybe' : '';
  return html`<span class="pill ${tone}"
    ><span class="from">${words.from}</span
    >${words.name === '' ? nothing : html`<span class="cut">${words.name}</span>`}</span
  >`;
}

/** Text with data as text and pills. */
export function renderTemplateText(template: string, scope: FieldScope): TemplateResult {
  const parts = partsOf(template);
  return html`${parts.map((part) =>
    part.kind === 'text' ? html`<span class="txt">${part.text}</span>` : renderFormula(part.formula.trim(), scope),
  )}`;
}

function partsOf(template: string): ReturnType<typeof splitTemplate> {
  try {
    return splitTemplate(template);
  } catch {
    return [{ kind: 'text', text: template, start: 0 }];
  }
}

/** What a screen reader says for a formula or text with data. */
export function spokenExpression(source: string, kind: 'formula' | 'template', scope: FieldScope): string {
  const speak = (formula: string): string => {
    const pill = parsePill(formula.trim());
    if (pill === undefined) return formula;
    const words = pillWords(pill, scope);
    return `data: ${words.from}${words.name === '' ? '' : `, ${words.name}`}`;
  };
  if (kind === 'formula') return speak(source);
  return partsOf(source)
    .map((part) => (part.kind === 'text' ? part.text : speak(part.formula)))
    .join(' ');
}
