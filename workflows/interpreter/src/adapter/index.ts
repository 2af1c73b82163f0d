export { flowRunV1 as 'flowRun.v1' } from './flow-run.ts';
