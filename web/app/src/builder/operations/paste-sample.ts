import { html, render } from 'lit';
import type { PbDialog } from '../../ui/dialog/dialog.ts';
import { readJson } from '../schema/json-text.ts';
import '../../ui/button/button.ts';
import '../../ui/dialog/dialog.ts';
import '../../ui/input/input.ts';

/** Asks for an answer as JSON text; undefined: the person does not want it. */
export function askForSample(): Promise<{ readonly value: unknown } | undefined> {
  const dialog = document.createElement('pb-dialog');
  dialog.heading = 'Infer from a sample';
  document.body.append(dialog);
  return new Promise((resolve) => {
    let text = '';
    let problem = '';
    const close = (sample?: { readonly value: unknown }): void => {
      dialog.open = false;
      void dialog.updateComplete.then(() => {
        dialog.remove();
      });
      resolve(sample);
    };
    const take = (): void => {
      const reading = readJson(text);
      if ('problem' in reading) problem = reading.problem;
      else if (reading.value === undefined) problem = 'Paste an answer first.';
      else {
        close({ value: reading.value });
        return;
      }
      draw();
    };
    const draw = (): void => {
      renderContent(dialog, { problem, close, take, onText: (next) => (text = next) });
    };
    dialog.addEventListener('pb-dialog-close', () => {
      close();
    });
    draw();
    dialog.open = true;
  });
}

function renderContent(
  dialog: PbDialog,
  parts: {
    readonly problem: string;
    readonly close: () => void;
    readonly take: () => void;
    readonly onText: (text: string) => void;
  },
): void {
  render(
    html`<pb-input
        label="An answer of the API, as JSON"
        mono
        rows="12"
        autofocus
        .error=${parts.problem}
        @pb-input=${(event: CustomEvent<string>) => {
          parts.onText(event.detail);
        }}
      ></pb-input>
      <pb-button slot="foot" @click=${parts.close}>Cancel</pb-button>
      <pb-button slot="foot" variant="primary" @click=${parts.take}>Infer the schema</pb-button>`,
    dialog,
  );
}
