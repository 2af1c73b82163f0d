/** Words for the states of steps and runs, as they are shown and read out. */
export const stateWords: Readonly<Record<string, string>> = {
  pending: 'Not reached',
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waiting',
  retrying: 'Retrying',
  succeeded: 'Succeeded',
  failed: 'Failed',
  skipped: 'Skipped',
  cancelled: 'Cancelled',
};
