export { CliConfigSchema, type CliConfig } from './config.ts';
export { main } from './main.ts';
