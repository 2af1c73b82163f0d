import { Position, type Handle, type InternalNodeBase, type NodeBase } from '@xyflow/system';
import type { SceneNode } from '../geometry/scene.ts';

/** Nodes in the shape the engine works with. */
export type EngineNodes = Map<string, InternalNodeBase>;

const portSize = 10;

/** Translates nodes of a scene; all sizes and ports are known, so nothing is ever measured. */
export function toEngineNodes(nodes: Iterable<SceneNode>, selected: ReadonlySet<string>): EngineNodes {
  return new Map([...nodes].map((node) => [node.key, toEngineNode(node, selected.has(node.key))]));
}

function toEngineNode(node: SceneNode, isSelected: boolean): InternalNodeBase {
  const position = { x: node.x, y: node.y };
  const userNode: NodeBase = { id: node.key, position, data: {} };
  return {
    ...userNode,
    selected: isSelected,
    measured: { width: node.width, height: node.height },
    internals: {
      positionAbsolute: position,
      z: 0,
      userNode,
      handleBounds: { source: ways(node), target: wayIn(node) },
    },
  };
}

function ways(node: SceneNode): Handle[] {
  return node.ports.map((port) => handle(node, { id: port.id, type: 'source', x: port.x, y: port.y }));
}

function wayIn(node: SceneNode): Handle[] {
  return node.hasInput ? [handle(node, { id: 'in', type: 'target', x: node.width / 2, y: 0 })] : [];
}

function handle(node: SceneNode, at: { id: string; type: 'source' | 'target'; x: number; y: number }): Handle {
  return {
    id: at.id,
    type: at.type,
    nodeId: node.key,
    x: at.x - portSize / 2,
    y: at.y - portSize / 2,
    width: portSize,
    height: portSize,
    position: at.type === 'source' ? Position.Bottom : Position.Top,
  };
}
