/** What a step may use, as the data panel shows it: nearest first. */
import type { FlowDocument, JsonSchema, JsonValue, StepKind } from '@patchbay/flow-model';
import { parsePill, type ExpressionScope } from '@patchbay/flow-model/expression';
import { FlowIndex, SchemaReader, type OperationCatalog } from '@patchbay/flow-model/graph';

/** One source of data: a name that formulas can use. */
export interface DataSource {
  /** Name in formulas: a step key, `trigger`, `loop`, `error` or `run`. */
  readonly root: string;
  /** What people call it. */
  readonly title: string;
  readonly kind: StepKind | 'trigger' | 'loop' | 'error' | 'run';
  /** True if a run can come here without this step having run: refer to it with `?` and a fallback. */
  readonly mayNotHaveRun: boolean;
  readonly schema: JsonSchema;
  /** Pinned or tested data, if there is any. */
  readonly sample?: JsonValue;
}

/**
 * The sources of a step. Loop and error first, then earlier steps from the nearest on, then the trigger and the run.
 * Make the reader once per version of the document.
 */
export function dataSources(document: FlowDocument, key: string, reader: SchemaReader): DataSource[] {
  const lookup = reader.lookupFor(key);
  const named = (root: 'loop' | 'error' | 'trigger' | 'run', title: string): DataSource[] => {
    const schema = lookup.lookUp(root);
    const sample = root === 'loop' ? sampleOfLoop(document, key) : document.samples[root];
    return schema ? [{ root, title, kind: root, mayNotHaveRun: false, schema, ...withSample(sample) }] : [];
  };
  const steps = new FlowIndex(document).stepsBefore(key).flatMap((earlier): DataSource[] => {
    const step = document.steps[earlier.key];
    if (!step) return [];
    const { mayNotHaveRun } = earlier;
    const schema = reader.outputOf(step.key);
    return [
      {
        root: step.key,
        title: step.title,
        kind: step.kind,
        mayNotHaveRun,
        schema,
        ...withSample(document.samples[step.key]),
      },
    ];
  });
  return [
    ...named('loop', 'Current item'),
    ...named('error', 'Error'),
    ...steps,
    ...named('trigger', document.trigger.title),
    ...named('run', 'This run'),
  ];
}

/** A reader of the schemas of a document, for {@link dataSources} and checks. */
export function createSchemaReader(document: FlowDocument, catalog: OperationCatalog): SchemaReader {
  return new SchemaReader(document, catalog).readAll();
}

/** Sample values by name, for previews of formulas. Sources without a sample are left out. */
export function sampleScope(sources: readonly DataSource[]): ExpressionScope {
  return Object.fromEntries(sources.flatMap(({ root, sample }) => (sample === undefined ? [] : [[root, sample]])));
}

const withSample = (sample: JsonValue | undefined): { sample?: JsonValue } => (sample === undefined ? {} : { sample });

/** The first item of the innermost loop, when the list is an earlier step's or the trigger's sample as a plain path. */
function sampleOfLoop(document: FlowDocument, key: string): JsonValue | undefined {
  for (const container of new FlowIndex(document).containersOf(key)) {
    const step = document.steps[container.key];
    if (step?.kind !== 'for_each') continue;
    const items = sampleAt(document, step.items);
    const item = Array.isArray(items) ? items[0] : undefined;
    return item === undefined ? undefined : { item, index: 0 };
  }
  return undefined;
}

function sampleAt(document: FlowDocument, formula: string): JsonValue | undefined {
  const pill = parsePill(formula);
  if (!pill) return undefined;
  let value = document.samples[pill.root];
  for (const segment of pill.path) value = childOf(value, segment);
  return value;
}

/** The field or item of a JSON value; undefined when there is none. */
export function childOf(value: JsonValue | undefined, segment: string | number): JsonValue | undefined {
  if (Array.isArray(value)) return typeof segment === 'number' ? value[segment] : undefined;
  if (typeof value !== 'object' || value === null || typeof segment === 'number') return undefined;
  return Object.hasOwn(value, segment) ? value[segment] : undefined;
}
