import { renameInTemplate, renameReference } from '@patchbay/flow-model/expression';
import type { Binding, FlowDocument, JsonValue, Step, Trigger } from '@patchbay/flow-model';
import { allow, deny, type Command, type CommandResult } from './command.ts';
import { freeKey, toKey, withStep } from './scope-edits.ts';

/** Replaces a step by an edited version of itself. `field` (a JSON pointer) merges typing in one field. */
export function changeStep(step: Step, field?: string): Command {
  return {
    name: 'change-step',
    label: `Change ${step.title}`,
    ...(field === undefined ? {} : { mergeKey: `step:${step.key}:${field}` }),
    apply: (document) =>
      document.steps[step.key] === undefined
        ? deny('That step is not there any more.', 'step_not_found')
        : allow(withDroppedWires(withStep(document, step), step)),
  };
}

/** A branch that lost a case loses the wires of its port. */
function withDroppedWires(document: FlowDocument, step: Step): FlowDocument {
  if (step.kind !== 'branch') return document;
  const ports = new Set([...step.cases.map(({ id }) => id), 'otherwise']);
  const scopes = Object.fromEntries(
    Object.entries(document.scopes).map(([id, scope]) => [
      id,
      scope.edges.every((edge) => edge.from !== step.key || ports.has(edge.port))
        ? scope
        : { ...scope, edges: scope.edges.filter((edge) => edge.from !== step.key || ports.has(edge.port)) },
    ]),
  );
  return { ...document, scopes };
}

/** Switches steps off or on. */
export function setDisabled(keys: readonly string[], disabled: boolean): Command {
  return {
    name: 'set-disabled',
    label: disabled ? 'Disable step' : 'Enable step',
    apply: (document) => allow(keys.reduce((next, key) => withDisabled(next, key, disabled), document)),
  };
}

function withDisabled(document: FlowDocument, key: string, disabled: boolean): FlowDocument {
  const step = document.steps[key];
  if (step === undefined) return document;
  const { disabled: _before, ...rest } = step;
  return withStep(document, disabled ? { ...rest, disabled: true } : rest); // the kind is unchanged
}

/** Gives a step another key and rewrites every formula that refers to it. */
export function renameStepKey(from: string, wish: string): Command {
  return { name: 'rename-step-key', label: 'Rename key', apply: (document) => renamed(document, from, toKey(wish)) };
}

/**
 * Gives a step another title. The first name that a person gives (`given` is the one it came with) makes the key too,
 * and every formula follows; later names leave the key alone, because callers and other people may know it by then.
 */
export function renameStep(key: string, title: string, given: string): Command {
  return {
    name: 'rename-step',
    label: 'Rename step',
    apply: (document) => {
      const step = document.steps[key];
      if (step === undefined) return deny('That step is not there any more.', 'step_not_found');
      const titled = withStep(document, { ...step, title });
      if (step.title !== given || !isKeyOf(key, given) || isKeyOf(key, title)) return allow(titled);
      return renamed(
        titled,
        key,
        freeKey((candidate) => Object.hasOwn(document.steps, candidate), title),
      );
    },
  };
}

/** Whether a key was made of a title: the title in small letters, perhaps with a number. */
function isKeyOf(key: string, title: string): boolean {
  const base = toKey(title);
  return key === base || (key.startsWith(`${base.slice(0, 58)}_`) && /_\d+$/.test(key));
}

function renamed(document: FlowDocument, from: string, to: string): CommandResult {
  if (from === to) return allow(document);
  if (document.steps[from] === undefined) return deny('That step is not there any more.', 'step_not_found');
  if (Object.hasOwn(document.steps, to)) return deny(`The key "${to}" is taken.`);
  const rename = (key: string): string => (key === from ? to : key);
  const renameScope = (id: string): string => (id.startsWith(`${from}.`) ? to + id.slice(from.length) : id);
  return allow(
    {
      ...document,
      steps: mapEntries(document.steps, rename, (step) =>
        withReferences({ ...step, key: rename(step.key) }, { from, to }),
      ),
      scopes: mapEntries(document.scopes, renameScope, (scope) => ({
        steps: scope.steps.map(rename),
        edges: scope.edges.map((edge) => ({ ...edge, from: rename(edge.from), to: rename(edge.to) })),
      })),
      layout: { ...document.layout, positions: mapEntries(document.layout.positions, rename, (at) => at) },
      samples: mapEntries(document.samples, rename, (sample) => sample),
    },
    [to],
  );
}

function mapEntries<Value, Next>(
  record: Readonly<Record<string, Value>>,
  keyOf: (key: string) => string,
  valueOf: (value: Value) => Next,
): Record<string, Next> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [keyOf(key), valueOf(value)]));
}

/** One key becomes another. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** Formulas stand under these names; everything else in a step is plain text. */
const formulaFields = new Set(['formula', 'when', 'on', 'items']);

/** A copy of a step in which every formula and template refers to the new key. */
export function withReferences<Value>(value: Value, rename: Rename, field = ''): Value {
  if (typeof value === 'string') return rewriteText(value, rename, field) as Value;
  if (Array.isArray(value)) return value.map((item: unknown) => withReferences(item, rename, field)) as Value;
  if (typeof value !== 'object' || value === null || field === 'value') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [name, withReferences(inner, rename, name)]),
  ) as Value;
}

function rewriteText(text: string, { from, to }: Rename, field: string): string {
  if (formulaFields.has(field)) return renameReference(text, from, to);
  return field === 'template' ? renameInTemplate(text, from, to) : text;
}

/** Replaces the trigger. */
export function changeTrigger(trigger: Trigger, field?: string): Command {
  return {
    name: 'change-trigger',
    label: 'Change trigger',
    ...(field === undefined ? {} : { mergeKey: `trigger:${field}` }),
    apply: (document) => allow({ ...document, trigger }),
  };
}

/** Changes name, description or mode of the flow. */
export function changeFlow(change: Partial<Pick<FlowDocument, 'name' | 'description' | 'mode'>>): Command {
  return {
    name: 'change-flow',
    label: 'Change flow',
    mergeKey: `flow:${Object.keys(change).join()}`,
    apply: (document) => allow({ ...document, ...change }),
  };
}

/** Keeps sample data of a step or the trigger for previews and single-step tests; `undefined` removes it. */
export function setSample(key: string, sample: JsonValue | undefined): Command {
  return {
    name: 'set-sample',
    label: 'Save sample',
    apply: (document) => {
      const { [key]: _before, ...rest } = document.samples;
      return allow({ ...document, samples: sample === undefined ? rest : { ...rest, [key]: sample } });
    },
  };
}

/** Sets one input field of an operation step; `undefined` removes it. */
export function setInput(
  document: FlowDocument,
  at: { key: string; field: string },
  binding: Binding | undefined,
): Command {
  const step = document.steps[at.key];
  if (step?.kind !== 'operation')
    return {
      name: 'set-input',
      label: 'Map field',
      apply: () => deny('That step is not there any more.', 'step_not_found'),
    };
  const { [at.field]: _before, ...rest } = step.input;
  return {
    ...changeStep(
      { ...step, input: binding === undefined ? rest : { ...rest, [at.field]: binding } },
      `/input/${at.field}`,
    ),
    name: 'set-input',
    label: 'Map field',
  };
}
