import {
  addStep,
  arrange,
  connect,
  copySteps,
  disconnect,
  moveCursor,
  moveSteps,
  newStep,
  parseCopiedSteps,
  pasteSteps,
  portIds,
  removeSteps,
  scopeOfStep,
  setDisabled,
  type Command,
  type CursorMove,
  type Point,
  type StepPlace,
} from '@patchbay/canvas-core';
import type { Edge } from '@patchbay/flow-model';
import type { AddTarget } from '../element/flow-canvas.ts';
import type { PaletteEntry } from '../palette/palette-index.ts';
import type { FlowSession } from './flow-session.ts';
import { wrapInTry } from './wrap-in-try.ts';

/** What the actions need of the page around them. */
export interface CanvasActionsHost {
  readonly session: FlowSession;
  readonly announce: (text: string) => void;
  /** A refused edit, in words. */
  readonly refuse: (reason: string) => void;
  readonly focusCanvas: () => void;
  readonly showTidying: (stop: AbortController | undefined) => void;
}

/** Edits of the flow as the canvas, its keys and its menus ask for them. */
export class CanvasActions {
  readonly #host: CanvasActionsHost;

  constructor(host: CanvasActionsHost) {
    this.#host = host;
  }

  get #session(): FlowSession {
    return this.#host.session;
  }

  get cursor(): string {
    return this.#session.state.get().selection.cursor ?? 'trigger';
  }

  get selected(): readonly string[] {
    const { keys } = this.#session.state.get().selection;
    return keys.length > 0 ? keys.filter((key) => key !== 'trigger') : this.cursor === 'trigger' ? [] : [this.cursor];
  }

  /** Runs a command, says what happened, and keeps the keyboard on the canvas. */
  run(command: Command, said?: string): boolean {
    const outcome = this.#session.run(command);
    if (!outcome.isDone) this.#host.refuse(outcome.denied.reason);
    else this.#host.announce(said ?? command.label);
    return outcome.isDone;
  }

  /** Adds what was chosen from the palette; gives the key of the new step. */
  add(entry: PaletteEntry, target: AddTarget | { at: Point; scope: string }): string | undefined {
    const { document } = this.#session.state.get();
    const connection = this.onlyConnection(entry);
    const template =
      entry.template.kind === 'operation' && connection !== undefined
        ? { ...entry.template, connectionId: connection }
        : entry.template;
    const step = newStep(document, template);
    const isDone = this.run(addStep(step, this.placeOf(target)), `${step.title} added`);
    if (!isDone) return undefined;
    this.#session.editor.select({ keys: [step.key], cursor: step.key });
    return step.key;
  }

  /** With exactly one fitting connection nobody needs to be asked. */
  private onlyConnection(entry: PaletteEntry): string | undefined {
    if (entry.template.kind !== 'operation') return undefined;
    const { slug } = entry.template.manifest;
    const fitting = this.#session.catalog.connections
      .get()
      .filter((connection) => connection.connector.slug === slug && connection.enabled);
    return fitting.length === 1 ? fitting[0]?.id : undefined;
  }

  private placeOf(target: AddTarget | { at: Point; scope: string }): StepPlace {
    if ('at' in target) return target;
    if ('scope' in target) return { at: { x: 0, y: 0 }, scope: target.scope };
    if ('after' in target || 'before' in target) return target;
    const [from = '', port = ''] = target.edge.split(':');
    return from === 'trigger' ? { after: 'trigger' } : { after: from, port };
  }

  /** Where a step goes that is added by key: into the chosen wire, or after the cursor. */
  get placeAfterCursor(): AddTarget {
    const { selection, document } = this.#session.state.get();
    if (selection.edge !== undefined) return { after: selection.edge.from, port: selection.edge.port };
    const step = document.steps[this.cursor];
    if (step === undefined) return { after: 'trigger', port: 'out' };
    const scope = scopeOfStep(document, step.key);
    const wired = new Set(
      (document.scopes[scope ?? '']?.edges ?? []).filter((edge) => edge.from === step.key).map((edge) => edge.port),
    );
    const ports = portIds(step);
    return { after: step.key, port: ports.find((port) => !wired.has(port)) ?? ports[0] ?? 'out' };
  }

  /** Where a step goes that is added before the cursor. */
  get placeBeforeCursor(): AddTarget {
    return this.cursor === 'trigger' ? { after: 'trigger', port: 'out' } : { before: this.cursor };
  }

  moveCursor(move: CursorMove, isExtending: boolean): void {
    const { document, selection } = this.#session.state.get();
    const next = moveCursor(document, this.#session.scene.get(), { cursor: this.cursor, move });
    const keys = isExtending ? [...new Set([...selection.keys, this.cursor, next])] : [next];
    this.#session.editor.select({ keys, cursor: next });
    this.#host.focusCanvas();
  }

  toggle(): void {
    const { selection } = this.#session.state.get();
    const isIn = selection.keys.includes(this.cursor);
    const keys = isIn ? selection.keys.filter((key) => key !== this.cursor) : [...selection.keys, this.cursor];
    this.#session.editor.select({ keys, cursor: this.cursor });
  }

  selectAll(): void {
    const keys = Object.keys(this.#session.state.get().document.steps);
    this.#session.editor.select({ keys, cursor: this.cursor });
    this.#host.announce(`${keys.length} steps selected`);
  }

  nudge(delta: Point): void {
    const keys = this.topmost(this.selected.length > 0 ? this.selected : [this.cursor]);
    this.run(moveSteps(keys, delta, 'keys'), 'Moved');
  }

  move(keys: readonly string[], delta: Point): void {
    this.run(moveSteps(keys, delta), keys.length === 1 ? 'Step moved' : `${keys.length} steps moved`);
  }

  /** Steps inside a container that moves too are not moved a second time. */
  private topmost(keys: readonly string[]): string[] {
    const { nodes } = this.#session.scene.get();
    const isInside = (key: string): boolean => {
      for (let parent = nodes.get(key)?.parent; parent !== undefined; parent = nodes.get(parent)?.parent) {
        if (keys.includes(parent)) return true;
      }
      return false;
    };
    return keys.filter((key) => !isInside(key));
  }

  remove(): void {
    const { selection } = this.#session.state.get();
    if (selection.edge !== undefined) {
      this.run(disconnect(selection.edge), 'Wire removed');
      return;
    }
    const keys = this.selected;
    if (keys.length === 0) return;
    const next = moveCursor(this.#session.state.get().document, this.#session.scene.get(), {
      cursor: keys[0] ?? 'trigger',
      move: 'up',
    });
    if (!this.run(removeSteps(keys))) return;
    this.#session.editor.select({ keys: [], cursor: next });
    this.#host.focusCanvas();
  }

  connect(edge: Edge): void {
    const to = this.#session.state.get().document.steps[edge.to]?.title ?? edge.to;
    this.run(connect(edge), `Connected to ${to}`);
  }

  /** Goes through the wires of the cursor step. */
  stepEdge(by: 1 | -1): void {
    const { document, selection } = this.#session.state.get();
    const scope = scopeOfStep(document, this.cursor);
    const edges = (document.scopes[scope ?? '']?.edges ?? []).filter(
      (edge) => edge.from === this.cursor || edge.to === this.cursor,
    );
    if (edges.length === 0) return;
    const { edge } = selection;
    const at = edges.findIndex(
      (known) => known.from === edge?.from && known.port === edge.port && known.to === edge.to,
    );
    const next = edges[(at + by + edges.length) % edges.length];
    if (next === undefined) return;
    this.#session.editor.select({ keys: [], cursor: this.cursor, edge: next });
    this.#host.announce(
      `Wire from ${document.steps[next.from]?.title ?? ''} to ${document.steps[next.to]?.title ?? ''}`,
    );
  }

  /** The selected steps as text for the clipboard; undefined when there is nothing to copy. */
  copyText(): string | undefined {
    const copied = copySteps(this.#session.state.get().document, this.topmost(this.selected));
    if (copied === undefined) return undefined;
    this.#host.announce(copied.top.length === 1 ? 'Step copied' : `${copied.top.length} steps copied`);
    return JSON.stringify(copied);
  }

  /** Pastes steps from text; anything else is left alone. */
  pasteText(text: string): void {
    const copied = parseCopiedSteps(text);
    if (copied === undefined) return;
    const scope = scopeOfStep(this.#session.state.get().document, this.cursor) ?? 'root';
    this.run(pasteSteps(copied, { scope, offset: { x: 32, y: 32 } }));
    this.#host.focusCanvas();
  }

  duplicate(keys: readonly string[] = this.selected): void {
    const { document } = this.#session.state.get();
    const copied = copySteps(document, this.topmost(keys));
    if (copied === undefined) return;
    const scope = scopeOfStep(document, keys[0] ?? '') ?? 'root';
    this.run(pasteSteps(copied, { scope, offset: { x: 32, y: 32 } }), 'Duplicated');
  }

  toggleDisabled(): void {
    const { document } = this.#session.state.get();
    const keys = this.selected;
    const isDisabling = keys.some((key) => document.steps[key]?.disabled !== true);
    if (keys.length > 0) this.run(setDisabled(keys, isDisabling));
  }

  /** Makes the flow go on when this step fails. */
  wrapInTry(key: string): void {
    this.run(wrapInTry(key));
  }

  undo(): void {
    const { undoLabel } = this.#session.state.get();
    if (this.#session.editor.undo()) this.#host.announce(`Undone: ${undoLabel ?? ''}`);
  }

  redo(): void {
    const { redoLabel } = this.#session.state.get();
    if (this.#session.editor.redo()) this.#host.announce(`Done again: ${redoLabel ?? ''}`);
  }

  /** Lays the flow out anew, in a worker; one step of undo. */
  async tidy(): Promise<void> {
    const stop = new AbortController();
    this.#host.showTidying(stop);
    try {
      const { tidyLayout } = await import('./tidy.ts');
      const { document } = this.#session.state.get();
      const positions = await tidyLayout(document, stop.signal);
      this.run(arrange(positions), 'Tidied up');
    } catch (error) {
      const isStopped = error instanceof DOMException && error.name === 'AbortError';
      this.#host.refuse(isStopped ? 'Tidy up was stopped; nothing was moved.' : 'Tidy up failed; nothing was moved.');
    } finally {
      this.#host.showTidying(undefined);
    }
  }
}
