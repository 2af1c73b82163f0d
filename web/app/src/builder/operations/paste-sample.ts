import { html, nothing, render } from 'lit';
import type { PbDialog } from '../../ui/dialog/dialog.ts';
import { readJson } from '../schema/json-text.ts';
import '../../ui/button/button.ts';
import '../../ui/dialog/dialog.ts';
import '../../ui/input/input.ts';

/** What the dialog asks for. */
export interface SampleQuestion {
  readonly heading: string;
  /** Words of the button that goes on. */
  readonly action: string;
  /** Also asks for the status of the answer. */
  readonly hasStatus?: boolean;
}

/** An answer of the API as a person gave it. */
export interface PastedAnswer {
  readonly value: unknown;
  /** 200 unless the dialog asked for it. */
  readonly status: number;
}

/** What was typed, and what is wrong with it. */
interface Typed {
  text: string;
  status: string;
  problem: string;
  statusProblem: string;
}

/** Asks for an answer as JSON text; undefined: the person does not want it. */
export function askForSample(question: SampleQuestion): Promise<PastedAnswer | undefined> {
  const dialog = document.createElement('pb-dialog');
  dialog.heading = question.heading;
  document.body.append(dialog);
  return new Promise((resolve) => {
    const typed: Typed = { text: '', status: '200', problem: '', statusProblem: '' };
    const close = (answer?: PastedAnswer): void => {
      dialog.open = false;
      void dialog.updateComplete.then(() => {
        dialog.remove();
      });
      resolve(answer);
    };
    const draw = (): void => {
      renderContent(dialog, question, {
        typed,
        cancel: () => {
          close();
        },
        take: () => {
          const answer = readAnswer(typed);
          if (answer === undefined) draw();
          else close(answer);
        },
      });
    };
    dialog.addEventListener('pb-dialog-close', () => {
      close();
    });
    draw();
    dialog.open = true;
  });
}

function readAnswer(typed: Typed): PastedAnswer | undefined {
  const reading = readJson(typed.text);
  const status = Number(typed.status);
  const isStatus = Number.isInteger(status) && status >= 100 && status <= 599;
  typed.statusProblem = isStatus ? '' : 'A number from 100 to 599.';
  typed.problem = 'problem' in reading ? reading.problem : reading.value === undefined ? 'Paste an answer first.' : '';
  if ('problem' in reading || typed.problem !== '' || !isStatus) return undefined;
  return { value: reading.value, status };
}

function renderContent(
  dialog: PbDialog,
  question: SampleQuestion,
  parts: { readonly typed: Typed; readonly cancel: () => void; readonly take: () => void },
): void {
  const { typed, cancel, take } = parts;
  render(
    html`<pb-input
        label="An answer of the API, as JSON"
        mono
        rows="12"
        autofocus
        .error=${typed.problem}
        @pb-input=${(event: CustomEvent<string>) => {
          typed.text = event.detail;
        }}
      ></pb-input>
      ${
        question.hasStatus
          ? html`<pb-input
              label="Status"
              .value=${typed.status}
              .error=${typed.statusProblem}
              @pb-input=${(event: CustomEvent<string>) => {
                typed.status = event.detail;
              }}
            ></pb-input>`
          : nothing
      }
      <pb-button slot="foot" @click=${cancel}>Cancel</pb-button>
      <pb-button slot="foot" variant="primary" @click=${take}>${question.action}</pb-button>`,
    dialog,
  );
}
