import { faceOf, type FaceContext, type NodeFace } from '../element/node-face.ts';

/** Keeps the face object of a node as long as its look stays the same, so that the node is not drawn again. */
export class FaceCache {
  #faces = new Map<string, NodeFace>();
  #looks = new Map<string, string>();

  /** Faces of these nodes. */
  update(keys: Iterable<string>, context: FaceContext): ReadonlyMap<string, NodeFace> {
    const faces = new Map<string, NodeFace>();
    const looks = new Map<string, string>();
    let isSame = true;
    for (const key of keys) {
      const face = faceOf(key, context);
      const look = JSON.stringify(face);
      const known = this.#looks.get(key) === look ? this.#faces.get(key) : undefined;
      isSame &&= known !== undefined;
      faces.set(key, known ?? face);
      looks.set(key, look);
    }
    if (isSame && faces.size === this.#faces.size) return this.#faces;
    this.#faces = faces;
    this.#looks = looks;
    return faces;
  }
}
