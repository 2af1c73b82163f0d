import { describe, expect, it } from 'vitest';
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
