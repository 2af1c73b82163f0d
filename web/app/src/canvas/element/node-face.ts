import type { FlowDocument, FlowIssue, Step } from '@patchbay/flow-model';
import type { ConnectorManifest } from '@patchbay/manifest';
import type { IconName } from '../../ui/icon/icon-names.ts';
import { hasGlyph, type GlyphName } from '../../ui/glyph/glyph.ts';
import { stateWords } from './state-words.ts';
import type { TileLook } from '../../ui/tile/tile.ts';

/** What is written on a node. One immutable object per look, so that a node is drawn again only when its face changes. */
export interface NodeFace extends TileLook {
  readonly title: string;
  readonly subtitle: string;
  /** Class of the state: `problem`, `failed`, `running`, …; absent at rest. */
  readonly tone?: string;
  readonly glyph?: GlyphName;
  /** Newer published version of its connector. */
  readonly update?: string;
  /** Labels of the ports of a branch, in order. */
  readonly portLabels?: readonly string[];
  /** What a screen reader hears after the visible words. */
  readonly description: string;
}

/** Result of a step in a run, folded over the iterations of its loops. */
export interface NodePaint {
  readonly state: string;
  /** Result and time, for example `3 rows · 41 ms`. */
  readonly caption: string;
}

/** What the faces are made from. */
export interface FaceContext {
  readonly document: FlowDocument;
  readonly manifestOf: (slug: string, version: string) => ConnectorManifest | undefined;
  readonly issues: readonly FlowIssue[];
  /** The newer published version that an operation step could take. Absent: nothing is offered. */
  readonly newerOf?: (step: { readonly connector: string; readonly version: string }) => string | undefined;
  /** By step key; present only when a run is shown. */
  readonly paint?: ReadonlyMap<string, NodePaint>;
}

const coreIcons: Record<Exclude<Step['kind'], 'operation'>, IconName> = {
  branch: 'split',
  transform: 'braces',
  for_each: 'repeat',
  try: 'shield',
  wait: 'timer',
  respond: 'corner-down-left',
  stop: 'circle-stop',
};

/** Icon of a core step. */
export const coreIconOf = (kind: Exclude<Step['kind'], 'operation'>): IconName => coreIcons[kind];

/** Face of a step or of the trigger (`trigger`). */
export function faceOf(key: string, context: FaceContext): NodeFace {
  const rest = key === 'trigger' ? triggerFace(context.document) : stepFace(context.document.steps[key], context);
  const paint = context.paint?.get(key);
  if (context.paint !== undefined) return painted(rest, paint);
  const problems = context.issues.filter((issue) => (issue.step ?? '') === key);
  if (context.document.steps[key]?.disabled === true) return { ...rest, tone: 'disabled', description: 'disabled' };
  const worst = problems.find((issue) => issue.severity === 'error') ?? problems[0];
  if (worst === undefined) return rest;
  return {
    ...rest,
    ...(worst.severity === 'error' ? { subtitle: shortProblem(worst.message), tone: 'problem' } : {}),
    ...(worst.severity === 'error' ? { glyph: 'problem' as const } : {}),
    description: `${problems.length === 1 ? '1 problem' : `${problems.length} problems`}: ${worst.message}`,
  };
}

function painted(rest: NodeFace, paint: NodePaint | undefined): NodeFace {
  const state = paint?.state ?? 'pending';
  const shown = state === 'pending' ? 'skipped' : state;
  return {
    ...rest,
    subtitle: paint?.caption ?? 'Not reached',
    ...(hasGlyph(shown) ? { glyph: shown } : {}),
    tone: state,
    description: stateWords[state] ?? state,
  };
}

function triggerFace(document: FlowDocument): NodeFace {
  const { trigger } = document;
  if (trigger.kind === 'manual') {
    return { title: trigger.title, subtitle: 'Started by hand', tile: 'slate', icon: 'play', description: 'trigger' };
  }
  const subtitle = trigger.reply === 'sync' ? 'Webhook · with answer' : 'Webhook';
  return { title: trigger.title, subtitle, tile: 'slate', icon: 'webhook', description: 'trigger' };
}

function stepFace(step: Step | undefined, context: FaceContext): NodeFace {
  if (step === undefined) return { title: '', subtitle: '', tile: 'slate', icon: 'box', description: '' };
  const base = { title: step.title, description: '' };
  if (step.kind === 'operation') return operationFace(step, context);
  return {
    ...base,
    subtitle: coreSubtitle(step),
    tile: 'slate',
    icon: coreIcons[step.kind],
    ...(step.kind === 'branch' ? { portLabels: branchLabels(step) } : {}),
  };
}

function operationFace(step: Extract<Step, { kind: 'operation' }>, context: FaceContext): NodeFace {
  const manifest = context.manifestOf(step.connector, step.version);
  const operation = manifest?.operations.find((candidate) => candidate.name === step.operation);
  const picture = manifest === undefined ? { letters: step.connector.slice(0, 2) } : { dataUri: manifest.icon.dataUri };
  const subtitle = `${manifest?.name ?? step.connector} · ${operation?.title ?? step.operation}`;
  const update = context.paint === undefined ? context.newerOf?.(step) : undefined;
  return {
    ...{ title: step.title, subtitle, tile: manifest?.icon.tile ?? 'slate', ...picture },
    ...(update === undefined ? { description: '' } : { update, description: `update available: ${update}` }),
  };
}

function branchLabels(step: Extract<Step, { kind: 'branch' }>): string[] {
  return [...step.cases.map((branchCase) => branchCase.label), step.otherwiseLabel ?? 'Otherwise'];
}

function coreSubtitle(step: Exclude<Step, { kind: 'operation' }>): string {
  switch (step.kind) {
    case 'branch':
      return `Branch · ${step.mode}`;
    case 'transform':
      return 'Transform';
    case 'for_each':
      return `${step.items === '' ? 'no list yet' : step.items}${step.concurrency > 1 ? ` · ${step.concurrency} at a time` : ''}`;
    case 'try':
      return 'On failure the right lane runs';
    case 'wait':
      return 'until' in step.wait ? 'Wait · until' : 'Wait · duration';
    case 'respond':
      return 'value' in step.status ? `Status ${JSON.stringify(step.status.value)}` : 'Respond';
    case 'stop':
      return step.outcome === 'failed' ? 'Ends the run as failed' : 'Ends the run';
  }
}

/** The first clause of a problem fits under the title; the panel says the rest. */
function shortProblem(message: string): string {
  const [first] = message.split(/[;.:] /);
  return (first ?? message).replaceAll(/[*`]/g, '').replace(/\.$/, '');
}
