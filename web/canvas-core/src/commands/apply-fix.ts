import type { FlowDocument, FlowIssue, Step } from '@patchbay/flow-model';
import { allow, deny, type Command } from './command.ts';
import { withStep } from './scope-edits.ts';

/** Applies the one-click fix of a problem: the formula at its field is replaced. */
export function applyFix(issue: FlowIssue): Command {
  const { step: key, field, fix } = issue;
  return {
    name: 'apply-fix',
    label: fix?.label ?? 'Fix problem',
    apply: (document: FlowDocument) => {
      const step = key === undefined ? undefined : document.steps[key];
      if (!step || field === undefined || !fix) return deny('This problem cannot be fixed by itself.');
      const segments = field.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')); // prettier-ignore
      const next = replaceAt(step, segments, fix.replacement);
      if (next === undefined) return deny('The field was changed in the meantime.');
      // Only a formula was replaced by a formula: the step keeps its shape.
      return allow(withStep(document, next as Step));
    },
  };
}

type Plain = { readonly [key: string]: unknown };

/** Fields of a step that hold bindings by name, one level deeper than the others. */
const namedBindings: ReadonlySet<string> = new Set(['input', 'headers', 'wait']);

/** The step with a formula replaced; undefined when there is no formula at that place any more. */
function replaceAt(step: Step, segments: readonly string[], formula: string): unknown {
  const [head = ''] = segments;
  if (head === 'cases') return replacePlain(step, segments, (value) => replaceFormula(value, formula));
  const depth = namedBindings.has(head) ? 2 : 1;
  return replacePlain(step, segments.slice(0, depth), (value) =>
    replaceInBinding(value, segments.slice(depth), formula),
  );
}

/** Walks plain objects and lists. */
function replacePlain(value: unknown, segments: readonly string[], edit: (value: unknown) => unknown): unknown {
  const [head, ...rest] = segments;
  if (head === undefined) return edit(value);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, head)) return undefined;
  const inner = replacePlain((value as Plain)[head], rest, edit);
  if (inner === undefined) return undefined;
  return Array.isArray(value) ? value.with(Number(head), inner) : { ...value, [head]: inner };
}

/** Walks a binding: its fields stand in `object`, its items in `list`. */
function replaceInBinding(binding: unknown, segments: readonly string[], formula: string): unknown {
  const [head, ...rest] = segments;
  if (head === undefined) return replaceFormula(binding, formula);
  if (typeof binding !== 'object' || binding === null) return undefined;
  const name = 'object' in binding ? 'object' : 'list';
  return replacePlain(binding, [name, head], (value) => replaceInBinding(value, rest, formula));
}

function replaceFormula(value: unknown, formula: string): unknown {
  if (typeof value === 'string') return formula;
  return typeof value === 'object' && value !== null && 'formula' in value ? { formula } : undefined;
}
