import { describe, expect, it } from 'vitest';
import { serverArguments } from './temporal.ts';

describe('serverArguments', () => {
  it('are the measured ones: without them every step costs 100 ms', () => {
    expect(serverArguments({ dbFile: '.patchbay/temporal.db', namespace: 'patchbay' }, 7233).join(' ')).toBe(
      'server start-dev --headless --ip 127.0.0.1 --port 7233 --namespace patchbay --db-filename .patchbay/temporal.db ' +
        '--sqlite-pragma journal_mode=WAL --sqlite-pragma synchronous=NORMAL ' +
        // docs/decisions/0060: what was measured beside the set of the design.
        '--sqlite-pragma wal_autocheckpoint=10000 --sqlite-pragma cache_size=-65536 ' +
        '--dynamic-config-value system.enableActivityEagerExecution=true ' +
        '--dynamic-config-value history.transferProcessorMaxPollRPS=2000 ' +
        '--dynamic-config-value history.timerProcessorMaxPollRPS=2000 ' +
        '--dynamic-config-value history.visibilityProcessorMaxPollRPS=2 ' +
        '--dynamic-config-value history.transferProcessorUpdateAckInterval="1s" ' +
        '--dynamic-config-value history.timerProcessorUpdateAckInterval="1s" ' +
        '--dynamic-config-value history.visibilityProcessorUpdateAckInterval="1s" ' +
        '--dynamic-config-value matching.numTaskqueueReadPartitions=1 ' +
        '--dynamic-config-value matching.numTaskqueueWritePartitions=1 ' +
        // docs/decisions/0005: timers on time, beside the set of the design.
        '--dynamic-config-value history.timerProcessorMaxTimeShift="50ms"',
    );
  });
});
