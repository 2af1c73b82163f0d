/** Bounds of what one call and one process may use. */
export interface RuntimeLimits {
  /** Largest answer of a remote, after decompression; also the largest output of a plugin. */
  readonly maxResponseBytes: number;
  /** Plugin host processes at once; the one idle longest makes room. */
  readonly maxHosts: number;
  /** A plugin host without a call for this long ends. */
  readonly idleHostMs: number;
  /** JavaScript heap of one plugin host. */
  readonly hostMemoryMb: number;
  /** How long a plugin host may take to start. */
  readonly hostStartTimeoutMs: number;
  /** After an abort a plugin host has this long to answer before it is killed. */
  readonly killGraceMs: number;
  /** Log lines of one call; the rest is dropped and counted. */
  readonly maxLogLines: number;
  /** Length of one log line as JSON text; longer ones are cut. */
  readonly maxLogLineLength: number;
}

/** Limits of an ordinary installation. */
export const defaultRuntimeLimits: RuntimeLimits = {
  maxResponseBytes: 10 * 1024 * 1024,
  maxHosts: 16,
  idleHostMs: 300_000,
  hostMemoryMb: 256,
  hostStartTimeoutMs: 15_000,
  killGraceMs: 1_000,
  maxLogLines: 100,
  maxLogLineLength: 8_192,
};
