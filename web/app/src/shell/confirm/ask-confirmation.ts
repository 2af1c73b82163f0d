import { html, nothing, render } from 'lit';
import type { PbDialog } from '../../ui/dialog/dialog.ts';
import '../../ui/button/button.ts';
import '../../ui/dialog/dialog.ts';

/** What a person is asked before something cannot be taken back. */
export interface Confirmation {
  readonly heading: string;
  /** What will happen, in one or two sentences. */
  readonly text: unknown;
  /** Words of the button that does it, for example "Delete flow". */
  readonly action: string;
  readonly isDanger?: boolean;
  /** Words of the button that leaves all as it is; absent: "Cancel". */
  readonly refusal?: string;
}

/** Opens a dialog and waits for the answer. Focus goes back to where it was. */
export function askConfirmation(confirmation: Confirmation): Promise<boolean> {
  const dialog = document.createElement('pb-dialog');
  dialog.heading = confirmation.heading;
  dialog.alert = true;
  document.body.append(dialog);
  return new Promise((resolve) => {
    const answer = (isYes: boolean): void => {
      dialog.open = false;
      void dialog.updateComplete.then(() => {
        dialog.remove();
      });
      resolve(isYes);
    };
    dialog.addEventListener('pb-dialog-close', () => {
      answer(false);
    });
    renderContent(dialog, confirmation, answer);
    dialog.open = true;
  });
}

function renderContent(dialog: PbDialog, confirmation: Confirmation, answer: (isYes: boolean) => void): void {
  render(
    html`<p>${confirmation.text}</p>
      <pb-button
        slot="foot"
        autofocus
        @click=${() => {
          answer(false);
        }}
        >${confirmation.refusal ?? 'Cancel'}</pb-button
      >
      <pb-button
        slot="foot"
        variant=${confirmation.isDanger ? 'danger' : 'primary'}
        @click=${() => {
          answer(true);
        }}
        >${confirmation.action}</pb-button
      >${nothing}`,
    dialog,
  );
}
