export { checkGraph } from './check-graph.ts';
export { ancestors, findCycle, indexEdges, isReachable, topologicalOrder, type ScopeEdges } from './order.ts';
export { childScopesOf, containerOf, otherwisePort, outPort, portsOf, type Port } from './ports.ts';
export { FlowIndex, type EarlierStep, type FlowGraph, type Surrounding } from './flow-index.ts';
export { containersOf, predecessors, scopeOf, stepsBefore, successors } from './scopes.ts';
export {
  SchemaReader,
  errorSchema,
  scopeSchemaFor,
  triggerSchema,
  type OperationCatalog,
  type OperationShape,
} from './scope-schema.ts';
