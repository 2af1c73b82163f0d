/** Structured logs of the worker, Temporal's own lines among them. */
import { Runtime, type LogLevel, type LogMetadata } from '@temporalio/worker';
import { pino, type Logger } from 'pino';
import type { WorkerConfig } from './worker-config.ts';

/** A logger of this process. */
export function createWorkerLog(config: Pick<WorkerConfig, 'PATCHBAY_LOG_LEVEL'>): Logger {
  return pino({
    name: 'worker',
    level: config.PATCHBAY_LOG_LEVEL,
    // Where PostgreSQL tells the row that failed, and libraries the values they were given.
    redact: { paths: ['err.detail', 'err.where', 'err.bindings', 'err.config'], censor: '[redacted]' },
  });
}

/** Our names for what Temporal calls otherwise; the tenant and the run stand in the workflow id. */
function toFields(meta: LogMetadata = {}): Record<string, unknown> {
  const {
    workflowId,
    error,
    sdkComponent: _sdkComponent,
    taskQueue: _taskQueue,
    namespace: _namespace,
    ...rest
  } = meta;
  const [tenantId, flowId, run] = typeof workflowId === 'string' ? workflowId.split('/') : [];
  return {
    ...rest,
    ...(tenantId !== undefined && flowId !== undefined && { tenantId, flowId, run }),
    ...(error !== undefined && { err: error }),
  };
}

/**
 * Sends the lines of the Temporal runtime to the logger. There is one runtime per process: the first worker's logger
 * stays. Failed operations are no news there: they stand in the run.
 */
export function installTemporalLog(log: Logger): void {
  if (Runtime._instance) return;
  const write = (level: LogLevel, message: string, meta?: LogMetadata): void => {
    const isOperation = message === 'Activity failed';
    const name = isOperation ? 'debug' : (level.toLowerCase() as Lowercase<LogLevel>);
    // The SDK writes several lines for each task; making their fields would cost more than not writing them saves.
    if (log.isLevelEnabled(name)) log[name](toFields(meta), message);
  };
  Runtime.install({
    // The process that runs the worker owns the signals.
    shutdownSignals: [],
    logger: {
      log: write,
      trace: (message, meta) => {
        write('TRACE', message, meta);
      },
      debug: (message, meta) => {
        write('DEBUG', message, meta);
      },
      info: (message, meta) => {
        write('INFO', message, meta);
      },
      warn: (message, meta) => {
        write('WARN', message, meta);
      },
      error: (message, meta) => {
        write('ERROR', message, meta);
      },
    },
  });
}
