/** JSON Schemas of everything a step may refer to: feeds the check, the data panel and completion. */
import type { FlowDocument, Trigger } from '../document/flow-document.ts';
import type { JsonSchema } from '../document/json.ts';
import type { Step, StepOf } from '../document/step.ts';
import { inferBinding, inferType, type ScopeLookup, type ScopeSchemas } from '../expression/check/check.ts';
import { topologicalOrder } from './order.ts';
import { FlowIndex, type Surrounding } from './flow-index.ts';

/** What the model must know of an operation. */
export interface OperationShape {
  readonly title: string;
  readonly input: JsonSchema;
  readonly output: JsonSchema;
}

/** Where operations are looked up; undefined when the connector or operation is not there. */
export interface OperationCatalog {
  operation(connector: string, version: string, operation: string): OperationShape | undefined;
}

const maxOutputDepth = 100;

/** Schema of `error` inside a catch scope. */
export const errorSchema: JsonSchema = {
  type: 'object',
  properties: {
    code: { type: 'string', description: 'Stable code of the error.' },
    message: { type: 'string', description: 'What happened, in one sentence.' },
    hint: { type: 'string' },
    retryable: { type: 'boolean' },
    attempts: { type: 'integer' },
    stepPath: { type: 'string', description: 'The step that failed.' },
    details: {},
  },
  required: ['code', 'message', 'retryable', 'attempts', 'stepPath'],
};

const runSchema: JsonSchema = {
  type: 'object',
  properties: { id: { type: 'string', description: 'Id of this run.' } },
  required: ['id'],
  additionalProperties: true,
};

const isCatch = (container: Surrounding): boolean => container.scopeId.endsWith('.catch');

/** Schema of the data a trigger gives: the form, or `{ body, query, headers, method }` of a webhook call. */
export function triggerSchema(trigger: Trigger): JsonSchema {
  if (trigger.kind === 'manual') return trigger.inputSchema;
  const texts = { type: 'object', additionalProperties: { type: 'string' } };
  return {
    type: 'object',
    properties: { body: trigger.bodySchema, query: texts, headers: texts, method: { type: 'string' } },
    required: ['body', 'query', 'headers', 'method'],
  };
}

/** Reads scope schemas of one document; remembers the output schema of each step. Make a new one when the document changes. */
export class SchemaReader {
  readonly #document: FlowDocument;
  readonly #catalog: OperationCatalog;
  readonly #index: FlowIndex;
  readonly #outputs = new Map<string, JsonSchema>();
  readonly #loops = new Map<string, JsonSchema>();
  readonly #trigger: JsonSchema;
  #depth = 0;

  constructor(document: FlowDocument, catalog: OperationCatalog) {
    this.#document = document;
    this.#catalog = catalog;
    this.#index = new FlowIndex(document);
    this.#trigger = triggerSchema(document.trigger);
  }

  /** Everything a step may refer to, by name, nearest steps last. */
  scopeOf(key: string): ScopeSchemas {
    const schemas: Record<string, JsonSchema> = {};
    for (const name of this.#namesOf(key)) {
      const schema = this.#lookUp(key, name);
      if (schema) schemas[name] = schema;
    }
    return schemas;
  }

  /** The same, read name by name when it is asked for: for checks, which use few of many names. */
  lookupFor(key: string): ScopeLookup {
    return { lookUp: (name) => this.#lookUp(key, name), names: () => this.#namesOf(key) };
  }

  #namesOf(key: string): string[] {
    const names = ['trigger', 'run', 'loop', 'error'].filter((name) => this.#lookUp(key, name) !== undefined);
    return [...names, ...this.#index.stepsBefore(key).map((step) => step.key).reverse()]; // prettier-ignore
  }

  #lookUp(key: string, name: string): JsonSchema | undefined {
    if (name === 'trigger') return this.#trigger;
    if (name === 'run') return runSchema;
    if (name === 'loop') return this.#loopAround(key);
    if (name === 'error') return this.#index.containersOf(key).some(isCatch) ? errorSchema : undefined;
    const earlier = this.#index.stepBefore(key, name);
    if (!earlier) return undefined;
    const schema = this.outputOf(name);
    return earlier.mayNotHaveRun ? { anyOf: [schema, { type: 'null' }] } : schema;
  }

  /** `loop` of the innermost loop around a step. */
  #loopAround(key: string): JsonSchema | undefined {
    for (const container of this.#index.containersOf(key)) {
      const step = this.#document.steps[container.key];
      if (step?.kind === 'for_each') return this.#loopSchema(step);
    }
    return undefined;
  }

  #loopSchema(step: StepOf<'for_each'>): JsonSchema {
    const known = this.#loops.get(step.key);
    if (known) return known;
    const items = inferType(step.items, this.lookupFor(step.key));
    const item = typeof items['items'] === 'object' && !Array.isArray(items['items']) ? items['items'] : {};
    const schema: JsonSchema = {
      type: 'object',
      properties: { item: item ?? {}, index: { type: 'integer' } },
      required: ['item', 'index'],
      additionalProperties: false,
    };
    this.#loops.set(step.key, schema);
    return schema;
  }

  /** Schema of what a step gives; `{}` when it is not known. */
  outputOf(key: string): JsonSchema {
    const known = this.#outputs.get(key);
    const step = this.#document.steps[key];
    if (known ?? !step) return known ?? {};
    // Each level of steps that are made of steps takes stack; beyond this the type counts as not known.
    if (this.#depth >= maxOutputDepth) return {};
    this.#outputs.set(key, {});
    this.#depth++;
    const schema = this.#readOutput(step);
    this.#depth--;
    this.#outputs.set(key, schema);
    return schema;
  }

  /** Reads all outputs from the first step on, so that no long chain has to be followed backwards. */
  readAll(): this {
    for (const scope of Object.values(this.#document.scopes)) {
      for (const key of topologicalOrder(scope)) this.outputOf(key);
    }
    return this;
  }

  #readOutput(step: Step): JsonSchema {
    switch (step.kind) {
      case 'operation':
        return this.#catalog.operation(step.connector, step.version, step.operation)?.output ?? {};
      case 'transform':
        return inferBinding(step.output, this.lookupFor(step.key));
      case 'for_each':
        return { type: 'array', items: this.#iterationSchema(step) };
      default:
        return {};
    }
  }

  #iterationSchema(step: StepOf<'for_each'>): JsonSchema {
    const scope = this.#document.scopes[`${step.key}.body`];
    const last = scope ? topologicalOrder(scope).at(-1) : undefined;
    if (!step.result) return last === undefined ? {} : this.outputOf(last);
    return inferBinding(step.result, this.resultScopeOf(step));
  }

  /** What the `result` of a loop may refer to: everything inside its body. */
  resultScopeOf(step: StepOf<'for_each'>): ScopeLookup {
    const inner = new Set(this.#document.scopes[`${step.key}.body`]?.steps);
    const outer = this.lookupFor(step.key);
    return {
      lookUp: (name) =>
        name === 'loop' ? this.#loopSchema(step) : inner.has(name) ? this.outputOf(name) : outer.lookUp(name),
      names: () => ['loop', ...inner, ...outer.names()],
    };
  }
}

/** JSON Schemas of everything a step may refer to, by name. For many steps of one document use a {@link SchemaReader}. */
export function scopeSchemaFor(document: FlowDocument, key: string, catalog: OperationCatalog): ScopeSchemas {
  return new SchemaReader(document, catalog).scopeOf(key);
}
