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
