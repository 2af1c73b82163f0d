import { Task } from '@lit/task';
import type { ConnectorSummary, References } from '@patchbay/api-contract/client';
import type { TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { AppContext } from '../shell/app-context.ts';
import { renderLoaded } from '../shell/loading/render-loaded.ts';
import { PbElement } from '../ui/pb-element.ts';
import { dialogEnd } from './host-dialog.ts';

/** The connector that a dialog is about. */
export type DialogConnector = Pick<ConnectorSummary, 'id' | 'name' | 'image' | 'actions'>;

/** Base of the dialogs that start from the references of a connector. They stand outside of the app element. */
export abstract class ConnectorDialog extends PbElement {
  @property({ attribute: false }) app!: AppContext;
  @property({ attribute: false }) connector!: DialogConnector;

  protected readonly references = new Task(this, {
    task: ([id], { signal }): Promise<References> =>
      this.app.api.call('getConnectorReferences', { params: { id }, signal }),
    args: () => [this.connector.id] as const,
  });

  protected abstract renderReferences(references: References): TemplateResult;

  protected end(result?: unknown): void {
    this.emitLocal(dialogEnd, result);
  }

  /** A link of the dialog leads to another page: the dialog has nothing to say there. */
  protected readonly handleClick = (event: MouseEvent): void => {
    const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (link !== undefined && link.target === '') this.end();
  };

  protected renderBody(): unknown {
    return renderLoaded(this.references, {
      subject: 'What uses it',
      complete: (references) => this.renderReferences(references),
    });
  }
}
