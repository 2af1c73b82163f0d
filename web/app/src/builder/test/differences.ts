import type { TestOperationResult } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import type { FormSchema } from '../../forms/schema/form-schema.ts';
import { textOf, valueAt } from '../../forms/schema/pointer.ts';
import { glyph } from '../../ui/glyph/glyph.ts';
import { icon } from '../../ui/icon/icon.ts';
import { unknownFields } from '../schema/infer-from-answer.ts';
import '../../ui/button/button.ts';

/** What a person may do about a difference; undefined: nothing, the schema is not theirs to change now. */
export interface DifferenceCommands {
  readonly schema: FormSchema | undefined;
  readonly mend?: (pointer: string) => void;
  readonly takeAnswer?: () => void;
}

const mostUnknown = 12;

/** Differences of an answer from its schema, each with its fix, and the lines of the body they are about. */
export function renderDifferences(
  result: TestOperationResult,
  commands: DifferenceCommands,
): { readonly content: TemplateResult | typeof nothing; readonly marks: ReadonlySet<string> } {
  const { schema_problems: problems, body } = result;
  const unknown = commands.schema === undefined ? [] : unknownFields(commands.schema, body).slice(0, mostUnknown);
  const marks = new Set(problems.map(({ path }) => path));
  const count = problems.length + unknown.length;
  if (count === 0) return { content: nothing, marks };
  const isWrong = problems.length > 0;
  const content = html`<section aria-labelledby="differences">
    <div class="row diff-head">
      ${isWrong ? glyph('failed') : icon('info')}
      <h3 class="h3" id="differences">${count === 1 ? '1 difference' : `${count} differences`} from the schema</h3>
      ${
        commands.takeAnswer === undefined
          ? nothing
          : html`<pb-button class="end" size="small" @click=${commands.takeAnswer}>Use answer as schema</pb-button>`
      }
    </div>
    <ul>
      ${problems.map(({ path, message }) => renderRow({ pointer: path, words: messageWords(message, body, path), fix: fixWords(body, path), mark: glyph('problem') }, commands))}
      ${unknown.map((pointer) => renderRow({ pointer, words: 'Not in the schema', fix: 'Add field', mark: icon('plus', 14) }, commands))}
    </ul>
  </section>`;
  return { content, marks };
}

/** "Make text": the schema takes the type of the answer. */
function fixWords(body: unknown, path: string): string {
  const kinds: Readonly<Record<string, string>> = {
    string: 'Make text',
    number: 'Make number',
    boolean: 'Make yes or no',
  };
  return kinds[typeof valueAt(body, path)] ?? 'Follow the answer';
}

function messageWords(message: string, body: unknown, path: string): TemplateResult {
  const value = valueAt(body, path);
  return html`${message}${value === undefined || typeof value === 'object' ? nothing : html` It is <code>${textOf(value)}</code>.`}`;
}

function renderRow(
  row: { readonly pointer: string; readonly words: unknown; readonly fix: string; readonly mark: TemplateResult },
  commands: DifferenceCommands,
): TemplateResult {
  const { pointer, words, fix, mark } = row;
  const { mend } = commands;
  return html`<li class="df" data-difference=${pointer}>
    ${mark}
    <code class="cut" title=${pointer}>${pointer === '' ? 'answer' : pointer.slice(1).replaceAll('/', '.')}</code>
    <span class="t2">${words}</span>
    ${
      mend === undefined
        ? nothing
        : html`<pb-button
            variant="link"
            label="${fix}: ${pointer}"
            @click=${() => {
              mend(pointer);
            }}
            >${fix}</pb-button
          >`
    }
  </li>`;
}
