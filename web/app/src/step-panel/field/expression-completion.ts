import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { functionTable } from '@patchbay/flow-model/expression';
import { asSchema, propertiesOf, schemaAt, type FieldScope } from './field-scope.ts';
import { typeOf } from './binding-edits.ts';

/** Where the cursor stands: `formula` text up to it, and where that begins in the document. */
interface FormulaAtCursor {
  readonly text: string;
  readonly from: number;
}

/** Offers names in scope, their fields, and functions. */
export function completeExpression(kind: 'formula' | 'template', scope: () => FieldScope) {
  return (context: CompletionContext): CompletionResult | null => {
    const cursor = kind === 'formula' ? wholeText(context) : insideBraces(context);
    if (cursor === undefined) return null;
    const match = /([A-Za-z_][\w]*(?:\[\d+\])?(?:\.\??[A-Za-z_]\w*(?:\[\d+\])?)*\.\??)?([A-Za-z_]\w*)?$/.exec(
      cursor.text,
    );
    const before = match?.[1];
    const word = match?.[2] ?? '';
    if (before === undefined && word === '' && !context.explicit && cursor.text.trim() !== '') return null;
    const options = before === undefined ? rootCompletions(scope()) : fieldCompletions(before, scope());
    return options.length === 0 ? null : { from: context.pos - word.length, options, validFor: /^\w*$/ };
  };
}

function wholeText(context: CompletionContext): FormulaAtCursor {
  return { text: context.state.sliceDoc(0, context.pos), from: 0 };
}

function insideBraces(context: CompletionContext): FormulaAtCursor | undefined {
  const before = context.state.sliceDoc(0, context.pos);
  const open = before.lastIndexOf('{{');
  if (open === -1 || before.indexOf('}}', open) !== -1) return undefined;
  return { text: before.slice(open + 2), from: open + 2 };
}

function rootCompletions(scope: FieldScope): Completion[] {
  const names = Object.entries(scope.schemas).map(([name, schema], index) => ({
    label: name,
    type: 'variable',
    detail: scope.titles[name] ?? typeOf(schema),
    boost: 50 - index,
  }));
  const functions = functionTable.map((row) => ({
    label: row.name,
    type: 'function',
    detail: row.signature.slice(row.name.length),
    info: `${row.doc} Example: ${row.example}`,
    apply: `${row.name}(`,
  }));
  return [...names, ...functions];
}

function fieldCompletions(before: string, scope: FieldScope): Completion[] {
  const parts = before
    .replace(/\.\??$/, '')
    .split(/\.\??/)
    .flatMap((part) => {
      const indexed = /^(\w+)\[(\d+)\]$/.exec(part);
      return indexed === null ? [part] : [indexed[1] ?? '', Number(indexed[2])];
    });
  const [root, ...path] = parts;
  const schema = schemaAt(asSchema(scope.schemas[String(root)]), path);
  if (schema === undefined) return [];
  return propertiesOf(schema).map(([name, child]) => ({ label: name, type: 'property', detail: typeOf(child) }));
}
