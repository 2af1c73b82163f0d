import { html, nothing, render, type TemplateResult } from 'lit';
import type { PbDialog } from '../../ui/dialog/dialog.ts';
import type { SelectOption } from '../../ui/select/select.ts';
import '../../ui/button/button.ts';
import '../../ui/checkbox/checkbox.ts';
import '../../ui/dialog/dialog.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';

/** One field of a question. */
export interface QuestionField {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly type?: 'text' | 'area' | 'datetime-local' | 'url';
  /** Makes it a choice. */
  readonly options?: readonly SelectOption[];
}

/** What a person is asked, with a few fields, before something is done. */
export interface Question {
  readonly heading: string;
  readonly text: unknown;
  readonly fields: readonly QuestionField[];
  readonly action: string;
  readonly isDanger?: boolean;
}

/** Answers by name of the field; a field that was left empty is not there. */
export type Answers = Readonly<Record<string, string>>;

/** Opens a dialog with fields and waits; undefined: the person does not want it. */
export function askForm(question: Question): Promise<Answers | undefined> {
  const dialog = document.createElement('pb-dialog');
  dialog.heading = question.heading;
  document.body.append(dialog);
  return new Promise((resolve) => {
    const values = new Map<string, string>();
    const close = (answers: Answers | undefined): void => {
      dialog.open = false;
      void dialog.updateComplete.then(() => {
        dialog.remove();
      });
      resolve(answers);
    };
    dialog.addEventListener('pb-dialog-close', () => {
      close(undefined);
    });
    renderQuestion(dialog, question, {
      put: (name, value) => values.set(name, value),
      cancel: () => {
        close(undefined);
      },
      accept: () => {
        close(Object.fromEntries([...values].filter(([, value]) => value.trim() !== '')));
      },
    });
    dialog.open = true;
  });
}

interface QuestionEvents {
  readonly put: (name: string, value: string) => void;
  readonly cancel: () => void;
  readonly accept: () => void;
}

function renderQuestion(dialog: PbDialog, question: Question, events: QuestionEvents): void {
  const { text, fields, action, isDanger } = question;
  render(
    html`<p style="margin-bottom:16px">${text}</p>
      <form
        style="display:flex;flex-direction:column;gap:16px"
        @submit=${(event: Event) => {
          event.preventDefault();
          events.accept();
        }}
      >
        ${fields.map((field) => renderQuestionField(field, events))}
      </form>
      <pb-button slot="foot" @click=${events.cancel}>Cancel</pb-button>
      <pb-button slot="foot" variant=${isDanger ? 'danger' : 'primary'} @click=${events.accept}>${action}</pb-button>`,
    dialog,
  );
}

function renderQuestionField(field: QuestionField, events: QuestionEvents): TemplateResult {
  const { name, label, help = '', type = 'text', options } = field;
  const handle = (event: CustomEvent<string>): void => {
    events.put(name, event.detail);
  };
  if (options !== undefined) {
    return html`<pb-select label=${label} help=${help} .options=${options} value="" @pb-change=${handle}></pb-select>`;
  }
  return html`<pb-input
    label=${label}
    help=${help}
    optional
    type=${type === 'area' ? nothing : type}
    rows=${type === 'area' ? 3 : 1}
    @pb-input=${handle}
  ></pb-input>`;
}
