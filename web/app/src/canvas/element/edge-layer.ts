import type { SceneEdge } from '@patchbay/canvas-core';

const svgNamespace = 'http://www.w3.org/2000/svg';

interface Drawn {
  readonly group: SVGGElement;
  readonly line: SVGPathElement;
  readonly hit: SVGPathElement;
  readonly tip: SVGPathElement;
  edge: SceneEdge;
  look: string;
}

/** Look of a wire: class names, `''` at rest. */
export type EdgeLook = (edge: SceneEdge) => string;

/**
 * Draws the wires into one `<svg>` without a template: a wire whose object did not change is not touched, so a drag
 * costs what the moved node's wires cost.
 */
export class EdgeLayer {
  readonly #svg: SVGSVGElement;
  readonly #drawn = new Map<string, Drawn>();

  constructor(host: SVGSVGElement) {
    this.#svg = host;
  }

  /** Shows exactly these wires. */
  show(edges: Iterable<SceneEdge>, lookOf: EdgeLook): void {
    const gone = new Set(this.#drawn.keys());
    for (const edge of edges) {
      gone.delete(edge.id);
      this.#draw(edge, lookOf(edge));
    }
    for (const id of gone) {
      this.#drawn.get(id)?.group.remove();
      this.#drawn.delete(id);
    }
  }

  /** Draws new paths of wires that are already shown. */
  update(edges: Iterable<SceneEdge>): void {
    for (const edge of edges) {
      const drawn = this.#drawn.get(edge.id);
      if (drawn !== undefined) this.#draw(edge, drawn.look);
    }
  }

  #draw(edge: SceneEdge, look: string): void {
    const known = this.#drawn.get(edge.id);
    const drawn = known ?? this.#create(edge);
    if (known === undefined || drawn.edge !== edge) setPath(drawn, edge);
    const classes = `${look}${edge.isError ? ' is-error' : ''}`;
    if (known === undefined || drawn.look !== look) drawn.group.setAttribute('class', classes);
    drawn.edge = edge;
    drawn.look = look;
  }

  #create(edge: SceneEdge): Drawn {
    const group = document.createElementNS(svgNamespace, 'g');
    const line = path('wire');
    const tip = path('tip');
    const hit = path('wire-hit');
    group.append(line, tip);
    if (!edge.isEntry) {
      hit.dataset['edge'] = edge.id;
      group.append(hit);
    }
    this.#svg.append(group);
    const drawn: Drawn = { group, line, tip, hit, edge, look: '' };
    this.#drawn.set(edge.id, drawn);
    return drawn;
  }
}

function setPath(drawn: Drawn, edge: SceneEdge): void {
  drawn.line.setAttribute('d', edge.path);
  drawn.hit.setAttribute('d', edge.path);
  drawn.tip.setAttribute('d', `M${edge.tip.x - 4} ${edge.tip.y - 6.5}h8l-4 6.5z`);
}

function path(name: string): SVGPathElement {
  const element = document.createElementNS(svgNamespace, 'path');
  element.setAttribute('class', name);
  return element;
}
