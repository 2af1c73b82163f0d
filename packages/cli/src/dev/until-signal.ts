/** Settles at the first SIGINT or SIGTERM; a second one ends the process at once. Also settles when the supervisor is gone. */
export function untilSignal(): Promise<'signal'> {
  return new Promise((resolve) => {
    let count = 0;
    const onSignal = (): void => {
      count += 1;
      if (count > 1) process.exit(130);
      resolve('signal');
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    process.once('disconnect', onSignal);
  });
}
