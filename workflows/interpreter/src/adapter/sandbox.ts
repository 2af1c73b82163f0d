/** Settings of the sandbox. Evaluated once per worker, before the first run: afterwards what is global is frozen. */

/**
 * Frames of a stack trace. Temporal takes one for every promise of a run, and finds the place of every frame in the source
 * map: with the usual 10 frames a quarter of the processor time of a run. The innermost ones still tell where a bug threw.
 */
const stackFrames = 4;

Error.stackTraceLimit = stackFrames;
