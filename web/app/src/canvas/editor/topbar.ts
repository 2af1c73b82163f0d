import { html, nothing, type TemplateResult } from 'lit';
import { badge } from '../../ui/badge/badge.ts';
import { icon } from '../../ui/icon/icon.ts';
import '../../screens/component/branch-menu.ts';
import type { SaveState } from './autosave.ts';
import type { PbFlowEditor } from './flow-editor.ts';

/** The top bar of a flow: where it belongs, its name and state, tabs, saving, test run, publish. */
export function renderTopbar(editor: PbFlowEditor, handlers: { onName: (event: Event) => void }): TemplateResult {
  const { session } = editor;
  const flow = session.flow.get();
  const { document } = session.state.get();
  const tab = (id: PbFlowEditor['tab'], label: string): TemplateResult =>
    html`<a
      href="/app/flows/${session.id}${id === 'editor' ? '' : `/${id}`}"
      class=${editor.tab === id ? 'is-on' : ''}
      aria-current=${editor.tab === id ? 'page' : nothing}
      >${label}</a
    >`;
  return html`<header class="topbar">
    <div class="crumb">
      <a href="/app/flows">Flows</a><span class="sep">/</span>
      <h1 style="display:contents">
        <input
          class="name"
          aria-label="Name of the flow"
          .value=${document.name}
          ?readonly=${!editor.canEdit}
          @change=${handlers.onName}
        />
      </h1>
    </div>
    ${badge('flow', flow.state)}
    ${editor.canEdit && editor.tab === 'editor' ? html`<pb-branch-menu .session=${session}></pb-branch-menu>` : nothing}
    <nav class="tabs bar-tabs" aria-label="Flow">
      ${tab('editor', 'Editor')}${tab('runs', 'Runs')}${tab('versions', 'Versions')}
    </nav>
    <span class="grow"></span>
    ${saved(editor)} ${editor.tab === 'editor' ? actions(editor) : nothing}
  </header>`;
}

function actions(editor: PbFlowEditor): TemplateResult {
  const isBusy = editor.test.isStarting;
  return html`<pb-button
      variant="ghost"
      icon="search"
      label="Find in flow, Ctrl F"
      @click=${() => {
        editor.findText = editor.findText === undefined ? '' : undefined;
      }}
    ></pb-button>
    ${
      editor.canEdit
        ? html`<pb-button icon="play" ?busy=${isBusy} @click=${() => editor.dialogs.startTest()}>Test run</pb-button>
            <pb-button variant="primary" @click=${() => editor.dialogs.showPublish()}>Publish</pb-button>
            <pb-menu
              label="More"
              icon="ellipsis"
              .items=${[
                { id: 'json', label: 'Export as JSON', icon: 'download' },
                { id: 'yaml', label: 'Export as YAML', icon: 'download' },
                { id: 'overview', label: 'Component overview', icon: 'git-branch', hasLineAbove: true },
                { id: 'deploy', label: 'Deploy', icon: 'cloud-upload' },
                { id: 'lifecycle', label: 'Manage: Lifecycle', icon: 'history' },
                { id: 'mode', label: 'How it runs', icon: 'settings', hasLineAbove: true },
                { id: 'shortcuts', label: 'Keyboard shortcuts', icon: 'keyboard', shortcut: '?' },
              ]}
              @pb-menu-select=${(event: CustomEvent<string>) => {
                editor.dialogs.handleMenu(event.detail);
              }}
            ></pb-menu>`
        : nothing
    }`;
}

function saved(editor: PbFlowEditor): TemplateResult | typeof nothing {
  if (!editor.canEdit) return html`<span class="saved">${icon('eye', 14)}View only</span>`;
  const state = editor.session.autosave.state.get();
  const look = savedLook(state);
  const isBad = state.kind === 'conflict' || state.kind === 'refused' || state.kind === 'offline';
  const content = html`${icon(look.icon, 14)}<span class="wide">${look.words}</span>`;
  if (!isBad) return html`<span class="saved" data-save=${state.kind}>${content}</span>`;
  return html`<button class="saved is-bad" data-save=${state.kind} @click=${() => editor.dialogs.showSaveProblem()}>
    ${content}
  </button>`;
}

function savedLook(state: SaveState): { icon: Parameters<typeof icon>[0]; words: string } {
  switch (state.kind) {
    case 'saved':
      return { icon: 'cloud-check', words: `Saved ${agoWords(Date.now() - state.at)}` };
    case 'unsaved':
    case 'saving':
      return { icon: 'cloud-upload', words: 'Saving…' };
    case 'offline':
      return { icon: 'cloud-off', words: 'Kept on this computer' };
    case 'conflict':
      return { icon: 'triangle-alert', words: 'Somebody else saved' };
    case 'refused':
      return { icon: 'circle-alert', words: 'Not saved' };
  }
}

function agoWords(ms: number): string {
  if (ms < 5_000) return 'just now';
  if (ms < 60_000) return `${Math.round(ms / 1_000)} s ago`;
  return ms < 3_600_000 ? `${Math.round(ms / 60_000)} min ago` : 'earlier';
}
