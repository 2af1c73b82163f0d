import type { IconName } from '../../ui/icon/icon-names.ts';
import { timeAgo } from '../../format/time.ts';
import type { SaveState } from './connector-saver.ts';

/** How the state of saving looks in the head. */
export interface SavedLook {
  readonly icon: IconName;
  readonly words: string;
  readonly isBad?: boolean;
}

/** Icon and words of a state of saving; `errors` is the number of fields that the server refused. */
export function savedLook(state: SaveState, errors: number): SavedLook {
  switch (state.kind) {
    case 'new':
      return { icon: 'cloud', words: 'Not saved yet' };
    case 'saved':
      return { icon: 'cloud-check', words: `Saved ${timeAgo(new Date(state.at).toISOString())}` };
    case 'unsaved':
      return { icon: 'cloud-upload', words: 'Unsaved changes' };
    case 'saving':
      return { icon: 'cloud-upload', words: 'Saving…' };
    case 'offline':
      return { icon: 'cloud-off', words: 'Kept on this computer', isBad: true };
    case 'conflict':
      return { icon: 'triangle-alert', words: 'Somebody else saved', isBad: true };
    case 'confirm':
      return { icon: 'triangle-alert', words: 'Waits for your answer', isBad: true };
    case 'failed':
      return {
        icon: 'circle-alert',
        words: errors === 1 ? 'Not saved: 1 field to correct' : failedWords(errors),
        isBad: true,
      };
  }
}

const failedWords = (errors: number): string => (errors === 0 ? 'Not saved' : `Not saved: ${errors} fields to correct`);
