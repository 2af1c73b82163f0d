/** Everything that can be wrong with the graph of a document, each problem with the step it belongs to. */
import type { Edge, FlowDocument, Scope } from '../document/flow-document.ts';
import type { FlowIssue } from '../document/issue.ts';
import type { Step } from '../document/step.ts';
import { reservedStepKeys } from '../expression/reserved-words.ts';
import { findCycle } from './order.ts';
import { childScopesOf, containerOf, portsOf } from './ports.ts';

type Graph = Pick<FlowDocument, 'steps' | 'scopes'>;

/** All problems of the graph. Works on any document of the right shape; never throws. */
export function checkGraph(document: Graph): FlowIssue[] {
  const steps = Object.entries(document.steps);
  const scopes = Object.entries(document.scopes);
  return [
    ...checkRoot(document),
    ...steps.flatMap(([key, step]) => checkStep(document, key, step)),
    ...checkMembership(document),
    ...scopes.flatMap(([id, scope]) => checkScope(document, id, scope)),
    ...checkNesting(document),
  ];
}

function issue(message: string, step?: string): FlowIssue {
  return { severity: 'error', code: 'flow_invalid', message, ...(step === undefined ? {} : { step }) };
}

/** Leads to the step that owns the scope; the problem of a scope without an owner leads to the place in the document. */
function placeOf(document: Graph, scopeId: string, part = ''): Pick<FlowIssue, 'step' | 'field'> {
  const owner = containerOf(scopeId);
  return owner !== undefined && document.steps[owner] ? { step: owner } : { field: `/scopes/${scopeId}${part}` };
}

/** How a step is called in a sentence. */
function nameOf(document: Graph, key: string): string {
  return `"${document.steps[key]?.title ?? key}"`;
}

function checkRoot(document: Graph): FlowIssue[] {
  return document.scopes['root'] ? [] : [{ ...issue('The flow has no scope "root".'), field: '/scopes/root' }];
}

function checkStep(document: Graph, key: string, step: Step): FlowIssue[] {
  const issues: FlowIssue[] = [];
  if (step.key !== key) issues.push(issue(`The step "${key}" calls itself "${step.key}".`, key));
  if (reservedStepKeys.has(key))
    issues.push(issue(`"${key}" cannot be the key of a step; formulas use that name.`, key));
  for (const scopeId of childScopesOf({ key, kind: step.kind })) {
    if (!document.scopes[scopeId])
      issues.push(issue(`The step ${nameOf(document, key)} lacks its scope "${scopeId}".`, key));
  }
  const ports = portsOf(step).map(({ id }) => id);
  const repeated = ports.find((id, index) => ports.indexOf(id) !== index);
  if (repeated !== undefined)
    issues.push(issue(`The step ${nameOf(document, key)} has two ways out "${repeated}".`, key));
  return issues;
}

function checkMembership(document: Graph): FlowIssue[] {
  const homes = new Map<string, string[]>();
  for (const [id, scope] of Object.entries(document.scopes)) {
    for (const key of scope.steps) homes.set(key, [...(homes.get(key) ?? []), id]);
  }
  const issues: FlowIssue[] = [];
  for (const [key, scopes] of homes) {
    if (!document.steps[key])
      issues.push({
        ...issue(`The scope "${scopes[0] ?? ''}" names a step "${key}" that does not exist.`),
        ...placeOf(document, scopes[0] ?? '', '/steps'),
        code: 'step_not_found',
      });
    else if (scopes.length > 1)
      issues.push(issue(`The step ${nameOf(document, key)} stands in ${String(scopes.length)} places.`, key));
  }
  for (const key of Object.keys(document.steps)) {
    if (!homes.has(key))
      issues.push(issue(`The step ${nameOf(document, key)} stands in no scope, so it can never run.`, key));
  }
  return issues;
}

function checkScope(document: Graph, id: string, scope: Scope): FlowIssue[] {
  const container = containerOf(id);
  const owner = container === undefined ? undefined : document.steps[container];
  const isOwned =
    container === undefined ||
    (owner !== undefined && childScopesOf({ key: container, kind: owner.kind }).includes(id));
  const issues: FlowIssue[] = isOwned
    ? []
    : [{ ...issue(`The scope "${id}" belongs to no step, so its steps can never run.`), ...placeOf(document, id) }];
  const members = new Set(scope.steps);
  const seen = new Set<string>();
  for (const edge of scope.edges) {
    const place = placeOf(document, id, '/edges');
    issues.push(
      ...checkEdge(document, edge, members).map((problem) =>
        problem.step === undefined ? { ...problem, ...place } : problem,
      ),
    );
    const pair = `${edge.from}>${edge.port}>${edge.to}`;
    if (seen.has(pair))
      issues.push(
        issue(`Two wires run from ${nameOf(document, edge.from)} to ${nameOf(document, edge.to)}.`, edge.from),
      );
    seen.add(pair);
  }
  const cycle = findCycle(scope);
  if (cycle)
    issues.push(
      issue(
        `These steps wait for each other in a circle: ${cycle.map((key) => nameOf(document, key)).join(', ')}.`,
        cycle[0],
      ),
    );
  return issues;
}

function checkEdge(document: Graph, edge: Edge, members: ReadonlySet<string>): FlowIssue[] {
  const from = document.steps[edge.from];
  const to = document.steps[edge.to];
  if (!from || !to) {
    const [missing, other] = from ? [edge.to, edge.from] : [edge.from, edge.to];
    const known = document.steps[other] ? other : undefined;
    return [{ ...issue(`A wire names a step "${missing}" that does not exist.`, known), code: 'step_not_found' }];
  }
  if (!members.has(edge.from) || !members.has(edge.to)) {
    return [
      issue(`A wire from ${nameOf(document, edge.from)} to ${nameOf(document, edge.to)} leaves its scope.`, edge.from),
    ];
  }
  if (portsOf(from).some(({ id }) => id === edge.port)) return [];
  const reason = from.kind === 'stop' ? 'ends the run, so nothing can follow it' : `has no way out "${edge.port}"`;
  return [issue(`The step ${nameOf(document, edge.from)} ${reason}.`, edge.from)];
}

/** A container that stands in its own body, however deep, would never end. */
function checkNesting(document: Graph): FlowIssue[] {
  const parents = new Map<string, string>();
  for (const [id, scope] of Object.entries(document.scopes)) {
    const container = containerOf(id);
    if (container !== undefined) for (const key of scope.steps) parents.set(key, container);
  }
  const issues: FlowIssue[] = [];
  for (const key of Object.keys(document.steps)) {
    const walked = new Set([key]);
    let parent = parents.get(key);
    while (parent !== undefined && !walked.has(parent)) {
      walked.add(parent);
      parent = parents.get(parent);
    }
    if (parent === key) issues.push(issue(`The step ${nameOf(document, key)} stands inside itself.`, key));
  }
  return issues;
}
