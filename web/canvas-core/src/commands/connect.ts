import type { Edge, FlowDocument } from '@patchbay/flow-model';
import { portIds } from '../geometry/ports.ts';
import { triggerKey } from '../geometry/scene.ts';
import { allow, deny, type Command, type CommandResult } from './command.ts';
import { isReachable, scopeOfStep, withScope } from './scope-edits.ts';

/** Draws a wire from a port to a step of the same scope. */
export function connect(edge: Edge): Command {
  return { name: 'connect', label: 'Connect steps', apply: (document) => checkConnection(document, edge) };
}

/** What connecting would give: the document, or why it is not allowed. The canvas asks this while a wire is dragged. */
export function checkConnection(document: FlowDocument, edge: Edge): CommandResult {
  if (edge.from === triggerKey) return deny('The trigger leads to every step that nothing else leads to.');
  const source = document.steps[edge.from];
  const scope = scopeOfStep(document, edge.from);
  if (source === undefined || scope === undefined || document.steps[edge.to] === undefined) {
    return deny('That step is not there any more.', 'step_not_found');
  }
  if (source.kind === 'stop') return deny('Nothing can follow a Stop step.');
  if (!portIds(source).includes(edge.port)) return deny('That way out does not exist any more.');
  if (scopeOfStep(document, edge.to) !== scope) return deny('A wire cannot leave its container.');
  return checkNewEdge(document, scope, edge);
}

function checkNewEdge(document: FlowDocument, scope: string, edge: Edge): CommandResult {
  const edges = document.scopes[scope]?.edges ?? [];
  if (edges.some((known) => known.from === edge.from && known.port === edge.port && known.to === edge.to))
    return allow(document);
  if (edge.from === edge.to || isReachable(edges, edge.to, edge.from))
    return deny('A flow runs forward: this wire would close a circle.');
  return allow(
    withScope(document, scope, (content) => ({ ...content, edges: [...content.edges, edge] })),
    [edge.to],
  );
}

/** Removes a wire. */
export function disconnect(edge: Edge): Command {
  return {
    name: 'disconnect',
    label: 'Remove wire',
    apply: (document) => {
      const scope = scopeOfStep(document, edge.from);
      if (scope === undefined) return allow(document);
      return allow(
        withScope(document, scope, (content) => ({
          ...content,
          edges: content.edges.filter(
            (known) => known.from !== edge.from || known.port !== edge.port || known.to !== edge.to,
          ),
        })),
      );
    },
  };
}
