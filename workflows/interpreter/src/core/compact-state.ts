import type { MachineState, MutableStepRecord } from './machine-state.ts';

/**
 * The state without what only a view needs: records of ended steps and the data of open ones. A view folds the whole
 * chain of histories instead.
 */
export function compactState(state: MachineState): MachineState {
  const records: Record<string, MutableStepRecord> = {};
  for (const [path, record] of Object.entries(state.records)) {
    if (record.state !== 'running' && record.state !== 'waiting') continue;
    const { input: _input, ...open } = record;
    records[path] = open;
  }
  return { ...state, records };
}
