/** The variables of a process, as `loadConfig` takes them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A frozen copy of the variables of this process. The only place in the product that touches `process.env`; a process
 * calls it once at its start and passes slices down.
 */
export function readEnvironment(): Environment {
  return Object.freeze({ ...process.env });
}
