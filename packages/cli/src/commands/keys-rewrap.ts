import { loadConfig, readEnvironment } from '@patchbay/config';
import { rewrapKeys, serverConfigSchema } from '@patchbay/server';
import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';

const keysConfigSchema = serverConfigSchema.pick({
  DATABASE_URL: true,
  PATCHBAY_MASTER_KEY: true,
  PATCHBAY_PREVIOUS_MASTER_KEY: true,
});

/** `patchbay keys rewrap`: wraps every data key with the current master key and says how many there were. */
export async function runKeysRewrap({ output }: CommandContext): CommandResult {
  const rewrapped = await rewrapKeys(loadConfig(keysConfigSchema, readEnvironment()));
  output.result({ rewrapped }, () =>
    rewrapped === 0
      ? 'Every data key is wrapped with the current master key already.'
      : `${rewrapped} data ${rewrapped === 1 ? 'key is' : 'keys are'} now wrapped with the current master key; the previous one is needed no more.`,
  );
  return exitCodes.done;
}
