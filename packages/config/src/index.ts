export { describeConfig, type ConfigKeyDescription } from './describe-config.ts';
export { egressKeys, readEgress } from './egress.ts';
export { readEnvironment, type Environment } from './environment.ts';
export { loadConfig, type ConfigSchema } from './load-config.ts';
export { FlagSchema, PortSchema, PositiveIntSchema, SecretSchema } from './schema.ts';
export { Secret } from './secret.ts';
