/** Measures of everything on the canvas in pixels at zoom 1; the source is the design's "Canvas" section. */
export const measures = {
  nodeWidth: 200,
  nodeHeight: 56,
  /** Row of port labels under a branch. */
  portRow: 28,
  /** A branch widens when its cells would be narrower. */
  portCell: 50,
  scopeHeader: 40,
  scopePadding: 12,
  /** Upper inset of a lane with a label; the entry wire hangs in it. */
  laneHead: 34,
  /** Upper inset of a lane without a label. */
  laneTop: 8,
  /** Lower inset of a lane: the port of the last step keeps clear of the frame. */
  laneFoot: 20,
  laneWidth: 224,
  gap: 40,
  snap: 8,
  corner: 10,
  portRadius: 5,
  arrow: 6.5,
} as const;

/** Nearest point of the grid. */
export const snap = (value: number): number => Math.round(value / measures.snap) * measures.snap;
