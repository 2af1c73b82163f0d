/** Where the camera stands: a flow point p is drawn at `p * zoom + (x, y)`. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}
