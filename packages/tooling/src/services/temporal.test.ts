import { describe, expect, it } from 'vitest';
import { parseTemporalVersion } from './temporal-binary.ts';
import { serverArguments } from './temporal.ts';

describe('serverArguments', () => {
  it('are the measured ones: without them every step costs 100 ms', () => {
    expect(serverArguments({ dbFile: '.patchbay/temporal.db', namespace: 'patchbay' }, 7233).join(' ')).toBe(
      'server start-dev --headless --ip 127.0.0.1 --port 7233 --namespace patchbay --db-filename .patchbay/temporal.db ' +
        '--sqlite-pragma journal_mode=WAL --sqlite-pragma synchronous=NORMAL ' +
        '--dynamic-config-value system.enableActivityEagerExecution=true ' +
        '--dynamic-config-value history.transferProcessorMaxPollRPS=2000 ' +
        '--dynamic-config-value history.timerProcessorMaxPollRPS=2000 ' +
        '--dynamic-config-value history.visibilityProcessorMaxPollRPS=200 ' +
        // docs/decisions/0005: timers on time, beside the set of the design.
        '--dynamic-config-value history.timerProcessorMaxTimeShift="50ms"',
    );
  });
});

describe('parseTemporalVersion', () => {
  it('reads what the tool prints', () => {
    expect(parseTemporalVersion('temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)')).toEqual({ major: 1, minor: 8 });
    expect(parseTemporalVersion('tctl version 1.18')).toBeUndefined();
  });
});
