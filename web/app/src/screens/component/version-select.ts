import type { ApiVersion } from '@patchbay/api-contract/client';
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { SelectOption } from '../../ui/select/select.ts';
import { versionWords } from './component-data.ts';
import '../../ui/select/select.ts';

/** Value of the entry '+ Create New'; no version is called so. */
export const createNew = '+';

/** The drop-down 'API Version' (CH-20, CH-23). */
export function versionSelect(
  versions: readonly ApiVersion[],
  chosen: ApiVersion | undefined,
  options: { readonly canCreate: boolean; readonly onChoose: (version: string) => void },
): TemplateResult {
  const entries: SelectOption[] = versions.map((version) => ({ value: version.version, label: versionWords(version) }));
  if (entries.length === 0) entries.push({ value: '', label: 'No version yet', disabled: true });
  if (options.canCreate) entries.push({ value: createNew, label: '+ Create New' });
  return html`<pb-select
    class="choose"
    label="API Version"
    .options=${entries}
    .value=${live(chosen?.version ?? '')}
    @pb-change=${(event: CustomEvent<string>) => {
      options.onChoose(event.detail);
    }}
  ></pb-select>`;
}
