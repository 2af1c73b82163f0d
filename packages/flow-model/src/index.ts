export {
  JsonObjectSchema,
  JsonValueSchema,
  type JsonObject,
  type JsonSchema,
  type JsonValue,
} from './document/json.ts';
export {
  BindingSchema,
  BranchCaseSchema,
  StepKeySchema,
  StepSchema,
  type Binding,
  type BranchCase,
  type Step,
  type StepKind,
  type StepOf,
  type StepResilience,
} from './document/step.ts';
export {
  EdgeSchema,
  FlowDocumentSchema,
  ScopeSchema,
  TriggerSchema,
  currentSchemaVersion,
  type Edge,
  type FlowDocument,
  type Layout,
  type Scope,
  type Trigger,
  type TriggerKind,
} from './document/flow-document.ts';
export { type FlowIssue } from './document/issue.ts';
export { documentLimits } from './document/limits.ts';
export { emptyDocument } from './document/empty-document.ts';
export { migrateDocument } from './document/migrate-document.ts';
export { documentProblems, parseDocument, parseDocumentYaml } from './document/parse-document.ts';
export { toJson, toYaml } from './document/write-document.ts';
export {
  toOperationCatalog,
  type CheckCatalog,
  type CompileCatalog,
  type ConnectionShape,
  type ConnectorShape,
} from './compile/catalog.ts';
export { compilePlan, type CompileOptions, type CompileResult } from './compile/compile-plan.ts';
export { validateDocument, validateJson } from './compile/validate-document.ts';
