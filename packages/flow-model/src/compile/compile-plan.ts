import canonicalize from 'canonicalize';
import type { FlowDocument, Trigger } from '../document/flow-document.ts';
import type { FlowIssue } from '../document/issue.ts';
import { topologicalOrder } from '../graph/order.ts';
import { planEngine, type Plan, type PlanScope } from '../plan/plan.ts';
import type { CompileCatalog } from './catalog.ts';
import { compileStep } from './compile-step.ts';
import { validateDocument } from './validate-document.ts';

/** What the compiler is given beside the document. */
export interface CompileOptions extends CompileCatalog {
  readonly flowId: string;
  /** sha256 of a text in small hexadecimal. */
  readonly sha256Hex: (text: string) => string;
}

/** A plan, or everything that prevents one (warnings among them). */
export type CompileResult = { readonly plan: Plan } | { readonly issues: readonly FlowIssue[] };

/**
 * Makes the plan of a document: every operation locked to exact bytes, resilience resolved, steps in order, hashed.
 * Pure: the same document and catalog give the same plan. Never throws on a document of the right shape.
 */
export function compilePlan(document: FlowDocument, options: CompileOptions): CompileResult {
  const issues = validateDocument(document, options);
  if (issues.some(({ severity }) => severity === 'error')) return { issues };
  const content: Omit<Plan, 'hash'> = {
    engine: planEngine,
    flowId: options.flowId,
    flowName: document.name,
    mode: runMode(document),
    trigger: planTrigger(document.trigger),
    steps: Object.fromEntries(Object.entries(document.steps).map(([key, step]) => [key, compileStep(step, options)])),
    scopes: Object.fromEntries(Object.entries(document.scopes).map(([id, scope]) => [id, planScope(scope)])),
  };
  return { plan: { ...content, hash: options.sha256Hex(canonicalize(content) ?? '') } };
}

/** `auto` is fast where a caller waits for the answer. */
function runMode({ mode, trigger }: FlowDocument): Plan['mode'] {
  if (mode !== 'auto') return mode;
  return trigger.kind === 'webhook' && trigger.reply === 'sync' ? 'fast' : 'standard';
}

function planTrigger(trigger: Trigger): Plan['trigger'] {
  return trigger.kind === 'webhook' ? { kind: 'webhook', reply: trigger.reply } : { kind: 'manual' };
}

function planScope(scope: FlowDocument['scopes'][string]): PlanScope {
  return { steps: topologicalOrder(scope), edges: scope.edges.map(({ from, port, to }) => ({ from, port, to })) };
}
