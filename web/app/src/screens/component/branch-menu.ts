import { consume } from '@lit/context';
import type { FlowBranch } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FlowSession } from '../../canvas/editor/flow-session.ts';
import { appContext, type AppContext } from '../../shell/app-context.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { MenuItem } from '../../ui/menu/menu.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { checkOut } from './branch-commands.ts';
import { loadBranches } from './component-data.ts';
import '../../ui/menu/menu.ts';
import './branch-dialog.ts';

const newBranch = '+';

/**
 * @summary The branch that the editor shows; switches to another one, or makes one as `git checkout -b` does (CH-19).
 * @event pb-branch-change - Another draft is to be shown now: load the flow again.
 */
@customElement('pb-branch-menu')
export class PbBranchMenu extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: inline-flex;
      }
      .branch {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .branch .cut {
        max-width: 120px;
      }
      @media (max-width: 1180px) {
        .branch .cut {
          position: absolute;
          width: 1px;
          height: 1px;
          clip-path: inset(50%);
        }
      }
    `,
  ];

  @consume({ context: appContext })
  private readonly app!: AppContext;

  @property({ attribute: false }) session!: FlowSession;

  @state() private branches: readonly FlowBranch[] = [];
  @state() private isMaking = false;

  protected override firstUpdated(): void {
    void this.load();
  }

  private async load(): Promise<void> {
    // Without the list there is no menu; the editor itself works.
    this.branches = await loadBranches(this.app.api, this.session.id).catch(() => []);
  }

  /** The draft must be stored in its branch before another one is shown. */
  private async choose(branch: string): Promise<void> {
    const { app, session } = this;
    if (!(await session.autosave.flush())) return;
    if (branch === newBranch) {
      this.isMaking = true;
      return;
    }
    if (this.branches.some(({ name, current }) => current && name === branch)) return;
    try {
      await checkOut(app, { flowId: session.id, revision: session.flow.get().revision }, branch);
      this.emit('pb-branch-change');
    } catch (error) {
      app.toasts.showProblem(error);
    }
  }

  private async handleMade(name: string): Promise<void> {
    this.isMaking = false;
    await this.load();
    await this.choose(name);
  }

  protected override render(): TemplateResult | typeof nothing {
    const current = this.branches.find((branch) => branch.current);
    if (current === undefined) return nothing;
    const items: MenuItem[] = [
      ...this.branches.map(({ name }) => ({ id: name, label: name, checked: name === current.name })),
      { id: newBranch, label: 'New branch…', icon: 'plus', hasLineAbove: true },
    ];
    return html`<pb-menu
        label="Branch"
        .items=${items}
        @pb-menu-select=${(event: CustomEvent<string>) => void this.choose(event.detail)}
        ><span slot="trigger" class="branch"
          >${icon('git-branch', 14)}<span class="vh">Branch </span><span class="cut">${current.name}</span></span
        ></pb-menu
      >
      <pb-branch-dialog
        .flowId=${this.session.id}
        .branches=${this.branches}
        ?open=${this.isMaking}
        @pb-dialog-close=${() => {
          this.isMaking = false;
        }}
        @pb-branch-made=${(event: CustomEvent<string>) => void this.handleMade(event.detail)}
      ></pb-branch-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-branch-menu': PbBranchMenu;
  }
}
