/**
 * Entry of a plugin host: a child process with an empty environment that may read only its own files and the plugins.
 * It speaks with its parent over file descriptor 3 and ends when the parent does.
 */
import { Socket } from 'node:net';
import { AppError } from '@patchbay/errors';
import { createEgressGuard } from '../egress/egress-guard.ts';
import { createHttpTransport } from '../http/http-transport.ts';
import { guardSockets } from './guard-sockets.ts';
import { openChannel } from './message-channel.ts';
import type { HostMessage, ParentMessage, StartMessage } from './protocol.ts';
import { runCall, type HostDeps } from './run-call.ts';

const channelDescriptor = 3;
/** The parent is trusted; this bound only catches a bug. */
const maxParentFrameBytes = 256 * 1024 * 1024;

const controllers = new Map<number, AbortController>();
const channel = openChannel(new Socket({ fd: channelDescriptor }), maxParentFrameBytes, {
  onMessage: (message) => handle(message as ParentMessage),
  onBroken: () => process.exit(1),
  onEnd: () => process.exit(0),
});
const send = (message: HostMessage): void => {
  channel.send(message);
};
const host = Promise.withResolvers<HostDeps>();

function handle(message: ParentMessage): void {
  if (message.type === 'start') {
    start(message);
    return;
  }
  if (message.type === 'abort') return controllers.get(message.id)?.abort(new AppError(message.reason));
  const controller = new AbortController();
  controllers.set(message.id, controller);
  void host.promise
    .then((deps) => runCall(deps, message, controller.signal))
    .finally(() => controllers.delete(message.id));
}

function start(message: StartMessage): void {
  const guard = createEgressGuard(message.egress);
  guardSockets(guard);
  host.resolve({ start: message, guard, transport: createHttpTransport(guard), send });
  send({ type: 'ready' });
}
