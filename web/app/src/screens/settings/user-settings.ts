import { Task } from '@lit/task';
import type { Role, User } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { rowsOf, type Rows } from '../../api/rows.ts';
import { initialsOf } from '../../format/initials.ts';
import { dateWords } from '../../format/time.ts';
import { roleWord } from '../../format/words.ts';
import { fieldProblems, problemSentence } from '../../problems/describe-problem.ts';
import { renderLoaded } from '../../shell/loading/render-loaded.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { Column } from '../../ui/table/table.ts';
import { settingsStyles } from './settings.styles.ts';
import '../../ui/button/button.ts';
import '../../ui/copy-field/copy-field.ts';
import '../../ui/dialog/dialog.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';
import '../../ui/switch/switch.ts';
import '../../ui/table/table.ts';

const roleOptions = (['enterprise_admin', 'developer', 'viewer'] satisfies Role[]).map((role) => ({
  value: role,
  label: roleWord(role),
}));

/**
 * @summary The users of the tenant, for administrators: add one, make a sign-in link.
 */
@customElement('pb-user-settings')
export class PbUserSettings extends ScreenElement {
  static override styles = [baseStyles, settingsStyles];

  @state() private isAdding = false;
  @state() private name = '';
  @state() private email = '';
  @state() private chosenRole: Role = 'developer';
  @state() private failure: unknown;
  @state() private link?: { readonly url: string; readonly name: string };

  private readonly load = new Task(this, {
    task: async ([,], { signal }): Promise<Rows<User>> =>
      rowsOf(await this.app.api.call('searchUsers', { query: { size: 200, sort: 'name' }, signal })),
    args: () => [this.app.connection.returned.get()] as const,
  });

  private async handleAdd(event: Event): Promise<void> {
    event.preventDefault();
    this.failure = undefined;
    try {
      const body = { name: this.name.trim(), email: this.email.trim(), role: this.chosenRole };
      const { signInLink } = await this.app.api.call('createUser', { body });
      this.link = { url: signInLink, name: this.name };
      this.name = '';
      this.email = '';
      this.isAdding = false;
      await this.load.run();
    } catch (error) {
      this.failure = error;
    }
  }

  private async makeLink(user: User): Promise<void> {
    try {
      const { signInLink } = await this.app.api.call('createSignInLink', { params: { id: user.id } });
      this.link = { url: signInLink, name: user.name };
    } catch (error) {
      this.app.toasts.showProblem(error);
    }
  }

  private readonly columns: Column<User>[] = [
    {
      id: 'name',
      label: 'Name',
      render: (user) =>
        html`<span class="row"
          ><span class="avatar" aria-hidden="true">${initialsOf(user.name)}</span
          ><span class="main">${user.name}</span></span
        >`,
    },
    { id: 'email', label: 'E-mail', render: (user) => user.email },
    { id: 'role', label: 'Role', render: (user) => this.renderRole(user) },
    {
      id: 'platform',
      label: 'Platform administrator',
      render: (user) => this.renderPlatformAdmin(user),
    },
    { id: 'created', label: 'Since', isMinor: true, render: (user) => dateWords(user.created) },
    {
      id: 'actions',
      label: '',
      align: 'end',
      render: (user) =>
        html`<pb-button
          variant="ghost"
          size="small"
          icon="link"
          label="Sign-in link for ${user.name}"
          @click=${() => this.makeLink(user)}
          >Sign-in link</pb-button
        >`,
    },
  ];

  /** A platform administrator without another role stays what it is: that role is only for the platform's own tenant. */
  private renderRole(user: User): unknown {
    if (user.role === 'platform_admin') return roleWord(user.role);
    return html`<pb-select
      label="Role of ${user.name}"
      label-hidden
      .value=${live(user.role)}
      .options=${roleOptions}
      @pb-change=${(event: CustomEvent<Role>) => {
        void this.change(user, { role: event.detail });
      }}
    ></pb-select>`;
  }

  private renderPlatformAdmin(user: User): unknown {
    const isOwn = this.app.session.session.get()?.user.platformAdmin === true;
    return html`<pb-switch
      label="Platform administrator: ${user.name}"
      label-hidden
      .checked=${live(user.platformAdmin)}
      ?disabled=${!isOwn || user.role === 'platform_admin'}
      @pb-change=${(event: CustomEvent<boolean>) => {
        void this.change(user, { platformAdmin: event.detail });
      }}
    ></pb-switch>`;
  }

  private async change(user: User, body: { role: Role } | { platformAdmin: boolean }): Promise<void> {
    try {
      await this.app.api.call('updateUser', { params: { id: user.id }, body, revision: user.revision });
      this.app.toasts.show(`${user.name} has other rights from now on`);
    } catch (error) {
      this.app.toasts.showProblem(error);
    }
    // Also after a refusal: the row shows what holds.
    await this.load.run();
    if (user.id === this.app.session.session.get()?.user.id) await this.app.session.load();
  }

  private renderDialog(): TemplateResult {
    const problems = fieldProblems(this.failure);
    const close = (): void => {
      this.isAdding = false;
    };
    return html`<pb-dialog heading="Add a user" ?open=${this.isAdding} @pb-dialog-close=${close}>
      <form id="add" novalidate @submit=${this.handleAdd}>
        ${
          this.failure === undefined
            ? nothing
            : html`<div class="note note-danger" role="alert">
                ${icon('circle-alert')}<span>${problemSentence(this.failure)}</span>
              </div>`
        }
        <pb-input
          label="Name"
          .error=${problems['/name']}
          .value=${this.name}
          @pb-input=${(event: CustomEvent<string>) => {
            this.name = event.detail;
          }}
        ></pb-input>
        <pb-input
          label="E-mail"
          type="email"
          .error=${problems['/email']}
          .value=${this.email}
          @pb-input=${(event: CustomEvent<string>) => {
            this.email = event.detail;
          }}
        ></pb-input>
        <pb-select
          label="Role"
          help="A developer changes flows and connections; a viewer reads."
          .value=${this.chosenRole}
          .options=${roleOptions}
          @pb-change=${(event: CustomEvent<Role>) => {
            this.chosenRole = event.detail;
          }}
        ></pb-select>
      </form>
      <pb-button slot="foot" @click=${close}>Cancel</pb-button>
      <pb-button slot="foot" variant="primary" @click=${this.handleAdd}>Add user</pb-button>
    </pb-dialog>`;
  }

  private renderLink(): TemplateResult | typeof nothing {
    if (this.link === undefined) return nothing;
    return html`<div class="note once" role="status">
      <div class="grow column">
        <p><span class="medium">Send this link to ${this.link.name}.</span> It works once, within 24 hours.</p>
        <pb-copy-field label="link" .value=${this.link.url}></pb-copy-field>
      </div>
    </div>`;
  }

  protected override render(): TemplateResult {
    if (!this.app.session.canAdminister()) {
      return html`<p class="t2">Users are managed by the administrators of your tenant.</p>`;
    }
    return html`<section>
      <div class="head">
        <div class="grow">
          <h2 class="h2">Users</h2>
          <p>New users sign in by a one-time link and set their own password.</p>
        </div>
        <pb-button
          icon="plus"
          @click=${() => {
            this.isAdding = true;
          }}
          >Add user</pb-button
        >
      </div>
      ${this.renderLink()}
      ${renderLoaded(this.load, {
        subject: 'Users',
        skeleton: html`<pb-skeleton count="3"></pb-skeleton>`,
        complete: ({ rows }) =>
          html`<pb-table
            class="tall"
            label="Users"
            .columns=${this.columns}
            .rows=${rows}
            .keyOf=${(user: User) => user.id}
          ></pb-table>`,
      })}
      ${this.renderDialog()}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-user-settings': PbUserSettings;
  }
}
