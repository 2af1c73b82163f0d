import type { FlowDocument, JsonSchema, JsonValue, StepOf } from '@patchbay/flow-model';
import { containersOf, stepsBefore } from '@patchbay/flow-model/graph';
import { evaluateFormula, newBudget, type ScopeSchemas } from '@patchbay/flow-model/expression';
import type { FlowSession } from '../canvas/editor/flow-session.ts';
import { faceOf, type FaceContext, type NodeFace } from '../canvas/element/node-face.ts';
import type { DataGroup } from './data/data-panel.ts';
import type { FieldScope } from './field/field-scope.ts';

/** What the fields of a step may refer to, and the groups of the data panel. */
export interface StepScope {
  readonly scope: FieldScope;
  readonly groups: readonly DataGroup[];
  /** What the result of a loop may refer to besides: the item, and the steps inside. */
  readonly result?: StepScope;
}

/** Outputs that were seen in this session (a test run), before the samples of the document. */
export type SeenData = Readonly<Record<string, JsonValue>>;

/** Computes the scope of a step from schemas, samples and what was seen. */
export function stepScope(session: FlowSession, key: string, seen: SeenData): StepScope {
  const { document } = session.state.get();
  const schemas = session.schemas.get().scopeOf(key);
  const step = document.steps[key];
  const plain = scopeFrom(session, {
    schemas,
    values: sampleValues(document, key, seen),
    steps: stepsBefore(document, key),
  });
  return step?.kind === 'for_each' ? { ...plain, result: resultScope(session, { step, seen }) } : plain;
}

/** Inside the loop its item and the outputs of its steps are there too. */
function resultScope(session: FlowSession, { step, seen }: { step: StepOf<'for_each'>; seen: SeenData }): StepScope {
  const { document } = session.state.get();
  const lookup = session.schemas.get().resultScopeOf(step);
  const entries = [...lookup.names()].map((name): [string, JsonSchema] => [name, lookup.lookUp(name) ?? {}]);
  const values = sampleValues(document, step.key, seen);
  const item = firstItem(step.items, values);
  const inner = document.scopes[`${step.key}.body`]?.steps ?? [];
  return scopeFrom(session, {
    schemas: Object.fromEntries(entries),
    values: item === undefined ? values : { ...values, loop: { item, index: 0 } },
    steps: [...inner.map((key) => ({ key, mayNotHaveRun: false })), ...stepsBefore(document, step.key)],
  });
}

interface ScopeParts {
  readonly schemas: ScopeSchemas;
  readonly values: Record<string, JsonValue>;
  readonly steps: ReturnType<typeof stepsBefore>;
}

function scopeFrom(session: FlowSession, { schemas, values, steps }: ScopeParts): StepScope {
  const { document } = session.state.get();
  const titles = titlesOf(document);
  const context: FaceContext = {
    document,
    manifestOf: (slug, version) => session.catalog.manifestOf(slug, version),
    issues: [],
  };
  const group = (root: string, face: NodeFace, more: Partial<DataGroup> = {}): DataGroup => ({
    root,
    base: [],
    schema: schemas[root] ?? {},
    sample: values[root],
    title: titles[root] ?? root,
    look: face,
    note: '',
    mayNotHaveRun: false,
    ...more,
  });
  const loop =
    schemas['loop'] === undefined
      ? []
      : [group('loop', loopFace, { base: ['item'], title: 'Item', note: 'of the loop' })];
  const failure =
    schemas['error'] === undefined ? [] : [group('error', errorFace, { title: 'Error', note: 'what failed' })];
  const earlier = steps
    .filter((step) => hasData(schemas[step.key], values[step.key]))
    .map((step) => group(step.key, faceOf(step.key, context), { mayNotHaveRun: step.mayNotHaveRun }));
  const trigger = group('trigger', faceOf('trigger', context), { note: 'trigger' });
  return { scope: { schemas, values, titles }, groups: [...loop, ...failure, ...earlier, trigger] };
}

const loopFace: NodeFace = { title: 'Item', subtitle: '', tile: 'slate', icon: 'repeat', description: '' };
const errorFace: NodeFace = { title: 'Error', subtitle: '', tile: 'slate', icon: 'circle-alert', description: '' };

const hasData = (schema: JsonSchema | undefined, sample: JsonValue | undefined): boolean =>
  sample !== undefined || (schema !== undefined && Object.keys(schema).length > 0);

function titlesOf(document: FlowDocument): Record<string, string> {
  const steps = Object.values(document.steps).map((step): [string, string] => [step.key, step.title]);
  return { ...Object.fromEntries(steps), trigger: document.trigger.title, loop: 'Item', error: 'Error', run: 'Run' };
}

/** Sample values by name; inside a loop the first item of its list stands for the current one. */
export function sampleValues(document: FlowDocument, key: string, seen: SeenData): Record<string, JsonValue> {
  const values: Record<string, JsonValue> = { ...document.samples, ...seen };
  for (const container of containersOf(document, key)) {
    const step = document.steps[container.key];
    if (step?.kind !== 'for_each' || values['loop'] !== undefined) continue;
    const item = firstItem(step.items, values);
    if (item !== undefined) values['loop'] = { item, index: 0 };
  }
  return values;
}

/** A list that takes more work than this (a few milliseconds) has no sample: this runs whenever the panel is drawn. */
const itemBudget = 20_000;

function firstItem(items: string, values: Record<string, JsonValue>): JsonValue | undefined {
  try {
    const list = evaluateFormula(items, values, { ...newBudget(Date.now()), remaining: itemBudget });
    return Array.isArray(list) ? list[0] : undefined;
  } catch {
    return undefined; // no sample of the list: fields inside show that none is known yet
  }
}
