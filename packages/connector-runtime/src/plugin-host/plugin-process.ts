import type { Duplex } from 'node:stream';
import { AppError } from '@patchbay/errors';
import type { EgressPolicy } from '../egress/allow-list.ts';
import type { RuntimeLimits } from '../runtime-limits.ts';
import { createCallTable, type CallEnd, type CallEvents, type CallTable } from './call-table.ts';
import { openChannel, type MessageChannel } from './message-channel.ts';
import { readHostMessage, type CallMessage, type ParentMessage } from './protocol.ts';
import { spawnHost, type SpawnedHost } from './spawn-host.ts';

/** How a plugin host is started. */
export interface PluginProcessOptions {
  /** Folder of plugins it may read. */
  readonly pluginDir: string;
  /** Folder of files it may read beside; a real path. */
  readonly filesRoot?: string;
  readonly egress: EgressPolicy;
  readonly limits: RuntimeLimits;
  /** Called once, when the process is gone. */
  onExit(): void;
}

/** One running plugin host. */
export interface PluginProcess {
  /**
   * Runs a call. Rejects with `plugin_crashed` when the process ends, `plugin_protocol_error` when it breaks the
   * protocol, or the reason of the signal. After an abort the process gets a moment to answer; then it is killed.
   */
  run(message: Omit<CallMessage, 'type' | 'id'>, signal: AbortSignal, events: CallEvents): Promise<CallEnd>;
  /** Kills the process and resolves when it is gone. */
  stop(): Promise<void>;
}

/** JSON escapes can double a text; the rest is room for headers and details. */
const frameRoom = 1024 * 1024;

/** Starts a plugin host with an empty environment and read access to its own files, `pluginDir` and `filesRoot` only. */
export function startPluginProcess(options: PluginProcessOptions): PluginProcess {
  const { pluginDir, filesRoot, limits } = options;
  const host = spawnHost(filesRoot === undefined ? [pluginDir] : [pluginDir, filesRoot], limits.hostMemoryMb);
  const { child } = host;
  const calls = createCallTable();
  let ending: AppError | undefined;
  const kill = (reason?: AppError): void => {
    ending ??= reason;
    child.kill('SIGKILL');
  };
  const channel = openHostChannel({ host, calls, kill, limits: options.limits });
  const exited = new Promise<void>((resolve) => {
    const onGone = (): void => {
      channel.close();
      calls.rejectAll(ending ?? host.crashError());
      options.onExit();
      resolve();
    };
    child.once('close', onGone);
    child.once('error', (cause) => {
      ending ??= new AppError('plugin_crashed', {
        message: 'The connector process could not be started.',
        details: { wasSent: false },
        cause,
      });
      if (child.pid === undefined) onGone();
    });
  });
  sendStart(channel, options);

  return {
    run: (message, signal, events) => {
      if (child.exitCode !== null || child.signalCode !== null) return Promise.reject(host.crashError());
      const { id, end } = calls.add(events);
      sendMessage(channel, { type: 'call', id, ...message });
      return superviseAbort({ end, signal, id, channel, kill, graceMs: options.limits.killGraceMs });
    },
    stop: () => {
      kill();
      return exited;
    },
  };
}

interface HostChannelOptions {
  readonly host: SpawnedHost;
  readonly calls: CallTable;
  readonly limits: RuntimeLimits;
  readonly kill: (reason: AppError) => void;
}

/** Connects the process with the table of calls; a process that breaks the protocol or never gets ready is killed. */
function openHostChannel({ host, calls, limits, kill }: HostChannelOptions): MessageChannel {
  const startTimer = setTimeout(() => {
    kill(
      new AppError('plugin_crashed', {
        message: 'The connector process did not start in time.',
        details: { wasSent: false },
      }),
    );
  }, limits.hostStartTimeoutMs);
  host.child.once('close', () => {
    clearTimeout(startTimer);
  });
  const onReady = (): void => {
    clearTimeout(startTimer);
    host.setReady();
  };
  return openChannel(host.child.stdio[3] as Duplex, limits.maxResponseBytes * 2 + frameRoom, {
    onMessage: (raw) => {
      const message = readHostMessage(raw);
      if (message === undefined) kill(protocolError('an unknown message'));
      else if (message.type === 'ready') onReady();
      else calls.receive(message);
    },
    onBroken: (reason) => {
      kill(protocolError(reason));
    },
    onEnd: () => undefined,
  });
}

interface Supervision {
  readonly end: Promise<CallEnd>;
  readonly signal: AbortSignal;
  readonly id: number;
  readonly channel: MessageChannel;
  readonly graceMs: number;
  readonly kill: (reason: AppError) => void;
}

/** Rejects as soon as the signal fires, tells the host, and kills it when it does not even answer. */
async function superviseAbort({ end, signal, id, channel, graceMs, kill }: Supervision): Promise<CallEnd> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => {
    // A deadline aborts with an AppError only.
    const reason = signal.reason as AppError;
    const code = reason.code === 'operation_timeout' ? 'operation_timeout' : 'operation_cancelled';
    sendMessage(channel, { type: 'abort', id, reason: code });
    const timer = setTimeout(() => {
      kill(new AppError('plugin_crashed', { message: 'The connector process did not react and was ended.' }));
    }, graceMs);
    const clear = (): void => {
      clearTimeout(timer);
    };
    end.then(clear, clear);
    aborted.reject(reason);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([end, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function sendStart(channel: MessageChannel, { egress, limits }: PluginProcessOptions): void {
  const { maxResponseBytes, maxLogLines, maxLogLineLength } = limits;
  sendMessage(channel, { type: 'start', egress, maxResponseBytes, maxLogLines, maxLogLineLength });
}

function sendMessage(channel: MessageChannel, message: ParentMessage): void {
  channel.send(message);
}

function protocolError(what: string): AppError {
  return new AppError('plugin_protocol_error', { message: `The connector process sent ${what}.` });
}
