export { flowRunV1 as 'flowRun.v1' } from './flow-run.ts';
export { retirementClockV1 as 'retirementClock.v1' } from './retirement-clock.ts';
