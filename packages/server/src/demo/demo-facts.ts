import type { Logger } from 'pino';
import type { ServerConfig } from '../config.ts';

/** What seeding needs to know beside the modules. */
export interface DemoFacts {
  readonly config: ServerConfig;
  readonly publicUrl: string;
  readonly log: Logger;
}
