import type { FlowDocument, JsonSchema, StepOf } from '@patchbay/flow-model';
import type { ConnectorManifest, Operation } from '@patchbay/manifest';
import { typeOf } from '../field/binding-edits.ts';
import { labelOf, propertiesOf, requiredOf } from '../field/field-scope.ts';

/** What another version of its connector means for a step. */
export interface UpdateFacts {
  /** What is different for this operation, in sentences. */
  readonly changes: readonly string[];
  /** Mappings that have to be looked at: of the step itself, and of steps that use its data. */
  readonly affected: readonly string[];
}

/** The step and where it stands. */
export interface UpdateSubject {
  readonly step: StepOf<'operation'>;
  readonly document: FlowDocument;
}

/** Compares the operation of a step in two versions of its connector. */
export function describeUpdate(subject: UpdateSubject, from: ConnectorManifest, to: ConnectorManifest): UpdateFacts {
  const { step } = subject;
  const before = operationOf(from, step.operation);
  const after = operationOf(to, step.operation);
  const notes = to.changelog.filter(({ version }) => version === to.version).map(({ text }) => text);
  if (after === undefined) {
    return { changes: [...notes, 'The operation is not there any more.'], affected: [`${step.title}: operation`] };
  }
  const input = compareFields(asJson(before?.input), asJson(after.input), 'Needs');
  const output = compareFields(asJson(before?.output), asJson(after.output), 'Gives');
  const settings =
    JSON.stringify(before?.request) === JSON.stringify(after.request) ? [] : ['Its call is made in another way.'];
  return {
    changes: [...notes, ...input.sentences, ...output.sentences, ...settings],
    affected: [...ownMappings(step, after, input.touched), ...laterMappings(subject, output.touched)],
  };
}

const operationOf = (manifest: ConnectorManifest, name: string): Operation | undefined =>
  manifest.operations.find((operation) => operation.name === name);

/** Schemas of a manifest came as JSON. */
const asJson = (schema: Operation['input'] | undefined): JsonSchema => (schema ?? {}) as JsonSchema;

interface Differences {
  readonly sentences: readonly string[];
  /** Fields that are gone or of another type. */
  readonly touched: readonly string[];
}

function compareFields(before: JsonSchema, after: JsonSchema, verb: 'Needs' | 'Gives'): Differences {
  const [old, now] = [new Map(propertiesOf(before)), new Map(propertiesOf(after))];
  const gone = [...old.keys()].filter((name) => !now.has(name));
  const retyped = [...now].filter(([name, schema]) => {
    const was = old.get(name);
    return was !== undefined && typeOf(was) !== typeOf(schema);
  });
  const required = requiredOf(after);
  const added = [...now].filter(([name]) => !old.has(name));
  return {
    sentences: [
      ...added.map(
        ([name, schema]) => `${verb} ${labelOf(name, schema)}${required.has(name) ? ', required' : ''}: new.`,
      ),
      ...gone.map((name) => `${verb} ${name} no longer.`),
      ...retyped.map(([name, schema]) => `${verb} ${labelOf(name, schema)} as ${typeOf(schema)}.`),
    ],
    touched: [...gone, ...retyped.map(([name]) => name)],
  };
}

function ownMappings(step: StepOf<'operation'>, after: Operation, touched: readonly string[]): string[] {
  const mapped = touched.filter((name) => step.input[name] !== undefined);
  const missing = [...requiredOf(asJson(after.input))].filter((name) => step.input[name] === undefined);
  return [...mapped, ...missing].map((name) => `${step.title}: ${name}`);
}

/** Steps whose formulas take a field that is gone or of another type. */
function laterMappings({ step, document }: UpdateSubject, touched: readonly string[]): string[] {
  const uses = (text: string, name: string): boolean => new RegExp(`\\b${step.key}\\.\\??${name}\\b`).test(text);
  return Object.values(document.steps).flatMap((other) => {
    if (other.key === step.key) return [];
    const text = JSON.stringify(other);
    return touched.filter((name) => uses(text, name)).map((name) => `${other.title}: uses ${name}`);
  });
}
