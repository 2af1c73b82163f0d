import { consume } from '@lit/context';
import type { OperationDefinition } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { appContext, type AppContext } from '../../shell/app-context.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { importNote } from '../import/import-note.ts';
import { openImportDialog } from '../import/open-import-dialog.ts';
import type { BuilderSession } from '../shell/builder-session.ts';
import { builderTabStyles } from '../shell/builder-styles.ts';
import { renderSection } from '../shell/section-frame.ts';
import { matrixOf } from '../test/test-matrix.ts';
import { duplicateAt, movedBy, newOperation } from './operation-edits.ts';
import type { OperationAct, PbOperationList } from './operation-list.ts';
import { operationsStyles } from './operations-styles.ts';
import '../../ui/button/button.ts';
import '../../ui/empty/empty.ts';
import './operation-editor.ts';
import './operation-list.ts';

/**
 * @summary The tab Operations: the list at the left, the chosen operation at the right (`?op=` names it).
 */
@customElement('pb-builder-operations')
export class PbBuilderOperations extends SignalWatcher(PbElement) {
  static override styles = [...builderTabStyles, operationsStyles];

  @consume({ context: appContext })
  private readonly app!: AppContext;

  @property({ attribute: false }) session!: BuilderSession;

  /** Place of the chosen operation; undefined until the address has been read. */
  @state() private chosen: number | undefined;
  @query('pb-operation-list') private readonly list?: PbOperationList;

  private get operations(): readonly OperationDefinition[] {
    return this.session.connector.get().operations ?? [];
  }

  private get isEditable(): boolean {
    return this.session.mode('operations') === 'edit';
  }

  private get index(): number {
    const { operations } = this;
    if (this.chosen !== undefined) return Math.min(this.chosen, operations.length - 1);
    const name = this.app.router.location.get().query.get('op');
    return Math.max(
      0,
      operations.findIndex((operation) => operation.name === name),
    );
  }

  private choose(index: number): void {
    this.chosen = index;
    this.app.router.setQuery({ op: this.operations[index]?.name });
  }

  private set(operations: OperationDefinition[], chosen: number): void {
    this.session.change({ operations }, { mergeKey: `operations/order/${performance.now()}` });
    this.choose(Math.max(0, Math.min(chosen, operations.length - 1)));
  }

  /** Keeps the keyboard on the chosen operation, once the list shows it. */
  private focusList(): void {
    void this.updateComplete.then(() => this.list?.focusSelected());
  }

  private add(): void {
    const { operations } = this;
    this.set([...operations, newOperation(operations)], operations.length);
    void this.updateComplete.then(async () => {
      const editor = this.shadowRoot?.querySelector('pb-operation-editor');
      await editor?.updateComplete;
      const input = editor?.shadowRoot?.querySelector<HTMLElement & { select(): void }>('#display-name');
      input?.focus();
      input?.select();
    });
  }

  private duplicate(index: number): void {
    this.set(duplicateAt(this.operations, index), index + 1);
    this.app.announcer.announce('Duplicated');
  }

  /** Removes one, with a way back that does not depend on what is edited afterwards. */
  private removeAt(index: number): void {
    const removed = this.operations[index];
    if (removed === undefined) return;
    this.set(this.operations.toSpliced(index, 1), index === this.operations.length - 1 ? index - 1 : index);
    this.focusList();
    this.app.toasts.show(`${removed.display_name} is deleted`, {
      tone: 'neutral',
      action: {
        label: 'Undo',
        run: () => {
          this.set(this.operations.toSpliced(index, 0, removed), index);
        },
      },
    });
  }

  private handleAct({ action, index, by = 0 }: OperationAct): void {
    if (action === 'duplicate') this.duplicate(index);
    else if (action === 'remove') this.removeAt(index);
    else {
      this.set(movedBy(this.operations, index, by), index + by);
      this.focusList();
      this.app.announcer.announce(`Moved to place ${this.index + 1} of ${this.operations.length}`);
    }
  }

  private async import(): Promise<void> {
    const { session } = this;
    const isNamed = session.connector.get().name.trim() !== '';
    if (isNamed && !(await session.flush())) return;
    const done = await openImportDialog(this.app, session.id === '' ? {} : { connector: session.id });
    if (done === undefined) return;
    if (session.id === '') {
      this.app.router.navigate(`/connectors/${done.id}/operations`);
      return;
    }
    await session.refresh();
    const gone = new Set(done.removed);
    if (gone.size > 0)
      this.set(
        this.operations.filter(({ name }) => !gone.has(name)),
        0,
      );
    else this.choose(0);
  }

  private renderTools(): TemplateResult {
    return html`<pb-button
        size="small"
        icon="file-code-2"
        label="Import from OpenAPI"
        @click=${() => void this.import()}
      ></pb-button>
      <pb-button
        size="small"
        icon="plus"
        label="Add Operation"
        @click=${() => {
          this.add();
        }}
      ></pb-button>`;
  }

  private renderList(): TemplateResult {
    const { operations, session } = this;
    const tests = matrixOf(operations, session.stored.get().test_results);
    const note = importNote(session.stored.get());
    return html`<pb-operation-list
        .operations=${operations}
        .tests=${tests}
        .selected=${this.index}
        .problemsAt=${(index: number) => session.errorCount(`/operations/${index}`)}
        ?readonly=${!this.isEditable}
        @pb-operation-select=${(event: CustomEvent<number>) => {
          this.choose(event.detail);
          this.focusList();
        }}
        @pb-operation-act=${(event: CustomEvent<OperationAct>) => {
          this.handleAct(event.detail);
        }}
      ></pb-operation-list>
      ${note === undefined ? nothing : html`<p class="from">${note}</p>`}`;
  }

  private renderEmpty(): TemplateResult {
    // A new connector has its primary button in the head: Save draft.
    const variant = this.session.id === '' ? 'secondary' : 'primary';
    return html`<pb-empty class="none" heading="No operations yet" drawing="flows"
      >An operation is one call of the API that flows can make. Take them from an OpenAPI description, or write the
      first one by hand.
      ${
        this.isEditable
          ? html`<pb-button slot="actions" variant=${variant} icon="file-code-2" @click=${() => void this.import()}
                >Import from OpenAPI</pb-button
              >
              <pb-button
                slot="actions"
                icon="plus"
                @click=${() => {
                  this.add();
                }}
                >Add Operation</pb-button
              >`
          : nothing
      }
    </pb-empty>`;
  }

  protected override render(): TemplateResult {
    const { session, operations, index } = this;
    const isEmpty = operations.length === 0;
    return html`<div class="ogrid">
      <div class="ops">
        ${renderSection(session, {
          section: 'operations',
          title: 'Operations',
          content: isEmpty ? html`<p class="t2 small">None yet.</p>` : this.renderList(),
          extra: this.renderTools(),
        })}
      </div>
      ${
        isEmpty
          ? this.renderEmpty()
          : html`<pb-operation-editor
              .session=${session}
              .index=${index}
              @pb-operation-duplicate=${() => {
                this.duplicate(index);
              }}
            ></pb-operation-editor>`
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-builder-operations': PbBuilderOperations;
  }
}
