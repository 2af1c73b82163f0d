import type { SyntaxNode } from './parse.ts';

/** A node that reads a field or an item. */
export type AccessNode = Extract<SyntaxNode, { op: '.' | '.?' | '[]' | '[?]' }>;

/** True for `a.b`, `a.?b`, `a[b]` and `a[?b]`. */
export function isAccess(node: SyntaxNode): node is AccessNode {
  return node.op === '.' || node.op === '.?' || node.op === '[]' || node.op === '[?]';
}

/** The nodes directly below a node, in the order of the source. */
export function childNodes(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

/** Number of nodes of a tree. */
export function countNodes(node: SyntaxNode): number {
  return childNodes(node).reduce((sum, child) => sum + countNodes(child), 1);
}
