/** JSON Schemas of everything a step may refer to: feeds the check, the data panel and completion. */
import type { FlowDocument, Trigger } from '../document/flow-document.ts';
import type { JsonSchema } from '../document/json.ts';
import type { Step, StepOf } from '../document/step.ts';
import { inferBinding, inferType, type ScopeSchemas } from '../expression/check/check.ts';
import { topologicalOrder } from './order.ts';
import { FlowIndex } from './flow-index.ts';

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
  readonly #scopes = new Map<string, ScopeSchemas>();

  constructor(document: FlowDocument, catalog: OperationCatalog) {
    this.#document = document;
    this.#catalog = catalog;
    this.#index = new FlowIndex(document);
  }

  /** Everything a step may refer to, by name. */
  scopeOf(key: string): ScopeSchemas {
    const known = this.#scopes.get(key);
    if (known) return known;
    const schemas: Record<string, JsonSchema> = { trigger: triggerSchema(this.#document.trigger), run: runSchema };
    this.#scopes.set(key, schemas);
    for (const earlier of this.#index.stepsBefore(key).reverse()) {
      const schema = this.outputOf(earlier.key);
      schemas[earlier.key] = earlier.mayNotHaveRun ? { anyOf: [schema, { type: 'null' }] } : schema;
    }
    this.#addSurroundings(key, schemas);
    return schemas;
  }

  /** `loop` of the innermost loop and `error` of the innermost catch. */
  #addSurroundings(key: string, schemas: Record<string, JsonSchema>): void {
    for (const container of this.#index.containersOf(key)) {
      const step = this.#document.steps[container.key];
      if (step?.kind === 'for_each') schemas['loop'] ??= this.#loopSchema(step);
      if (container.scopeId.endsWith('.catch')) schemas['error'] ??= errorSchema;
    }
  }

  #loopSchema(step: StepOf<'for_each'>): JsonSchema {
    const items = inferType(step.items, this.scopeOf(step.key));
    const item = typeof items['items'] === 'object' && !Array.isArray(items['items']) ? items['items'] : {};
    return {
      type: 'object',
      properties: { item: item ?? {}, index: { type: 'integer' } },
      required: ['item', 'index'],
      additionalProperties: false,
    };
  }

  /** Schema of what a step gives; `{}` when it is not known. */
  outputOf(key: string): JsonSchema {
    const known = this.#outputs.get(key);
    if (known) return known;
    this.#outputs.set(key, {});
    const step = this.#document.steps[key];
    const schema = step ? this.#readOutput(step) : {};
    this.#outputs.set(key, schema);
    return schema;
  }

  #readOutput(step: Step): JsonSchema {
    switch (step.kind) {
      case 'operation':
        return this.#catalog.operation(step.connector, step.version, step.operation)?.output ?? {};
      case 'transform':
        return inferBinding(step.output, this.scopeOf(step.key));
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
  resultScopeOf(step: StepOf<'for_each'>): ScopeSchemas {
    const steps = this.#document.scopes[`${step.key}.body`]?.steps ?? [];
    const inner: Record<string, JsonSchema> = { ...this.scopeOf(step.key), loop: this.#loopSchema(step) };
    for (const key of steps) inner[key] = this.outputOf(key);
    return inner;
  }
}

/** JSON Schemas of everything a step may refer to, by name. For many steps of one document use a {@link SchemaReader}. */
export function scopeSchemaFor(document: FlowDocument, key: string, catalog: OperationCatalog): ScopeSchemas {
  return new SchemaReader(document, catalog).scopeOf(key);
}
