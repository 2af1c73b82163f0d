import { html, type TemplateResult } from 'lit';
import type { StepOf } from '@patchbay/flow-model';
import type { ConnectorManifest, Operation } from '@patchbay/manifest';
import { icon } from '../../ui/icon/icon.ts';

/** What the catalog knows of the operation of a step. */
export interface KnownOperation {
  readonly manifest: ConnectorManifest | undefined;
  readonly operation: Operation | undefined;
}

const effectWords: Record<Operation['effect'], string> = {
  read: 'is safe: it changes nothing.',
  idempotent: 'is safe: it gives the same state.',
  keyed: 'is safe: the other side recognises a repeated call.',
  once: 'is not safe: it is never repeated by itself.',
};

/** What an operation does, where it comes from, and whether it may be repeated. */
export function operationAbout(step: StepOf<'operation'>, { manifest, operation }: KnownOperation): TemplateResult {
  if (manifest === undefined || operation === undefined) {
    return html`<p class="help help-bad">
      ${icon('circle-alert', 12)}<span>${step.connector} ${step.version} is not available.</span>
    </p>`;
  }
  return html`<dl class="facts">
    <dt>Connector</dt>
    <dd><a href="/app/marketplace/${manifest.slug}">${manifest.name} ${manifest.version}</a></dd>
    <dt>Does</dt>
    <dd>${operation.description === '' ? operation.title : operation.description}</dd>
    <dt>Repeating it</dt>
    <dd>${effectWords[operation.effect]}</dd>
  </dl>`;
}
