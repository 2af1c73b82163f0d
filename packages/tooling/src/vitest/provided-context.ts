import type {} from 'vitest';

declare module 'vitest' {
  /** What the global set-ups hand to tests through vitest's `inject(…)`. */
  interface ProvidedContext {
    /** Connection string of the PostgreSQL of this run; make a database of your own with `createTestDatabase`. */
    readonly databaseUrl: string;
    /** `host:port` of the Temporal of this run. */
    readonly temporalAddress: string;
    /** The namespace to use there; keep apart from other test files by a task queue and id prefix of your own. */
    readonly temporalNamespace: string;
  }
}
