import { createServer } from 'node:net';
import { AppError } from '@patchbay/errors';

/** Throws `port_taken` when something listens on the port of the product. */
export async function assertPortFree(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause) => {
      reject(
        new AppError('port_taken', {
          message: `Port ${port} is taken by another program.`,
          hint: `Stop that program, or choose another port: PORT=${port + 100} npm start`,
          cause,
        }),
      );
    });
    probe.listen(port, '127.0.0.1', () => {
      probe.close(() => {
        resolve();
      });
    });
  });
}
