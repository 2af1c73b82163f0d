import type { Connector } from '@patchbay/api-contract/client';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../ui/icon/icon.ts';

/** The ways to fetch the data of a connector as records, under its operations; nothing for a connector without any. */
export function renderProcessors({
  slug,
  processors = [],
  manifest,
}: Pick<Connector, 'slug' | 'processors' | 'manifest'>): TemplateResult | typeof nothing {
  if (processors.length === 0) return nothing;
  const hrefOf = (operation: string): string => `/app/marketplace/${slug}?tab=operations&operation=${operation}`;
  const titleOf = (name: string): string =>
    manifest?.operations.find((operation) => operation.name === name)?.title ?? name;
  return html`<section class="processors" aria-labelledby="processors-title">
    <h2 class="h3" id="processors-title">Data processors</h2>
    <p class="t2">Each gives the data of this connector as records, page by page.</p>
    <ul>
      ${processors.map(
        ({ name, title, description, operation }) =>
          html`<li class="processor">
            ${icon('database', 16)}
            <div class="grow">
              <p><span class="medium">${title}</span> <code class="t2">${name}</code></p>
              ${description === '' ? nothing : html`<p class="t2">${description}</p>`}
              <p class="small t2">Reads with <a href=${hrefOf(operation)}>${titleOf(operation)}</a></p>
            </div>
          </li>`,
      )}
    </ul>
  </section>`;
}
