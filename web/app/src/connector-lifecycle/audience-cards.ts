import { css, html, type TemplateResult } from 'lit';
import { icon } from '../ui/icon/icon.ts';
import type { Audience } from './audiences.ts';

/** What the cards need. */
export interface AudienceChoice {
  readonly audiences: readonly Audience[];
  readonly chosen: Audience | undefined;
  /** Id of the element with the question. */
  readonly labelledBy: string;
  readonly choose: (visibility: Audience['visibility']) => void;
}

/** Who may use a version, as radio buttons; one that the person may not choose says why. */
export function audienceCards(choice: AudienceChoice): TemplateResult {
  return html`<div class="opts" role="radiogroup" aria-labelledby=${choice.labelledBy}>
    ${choice.audiences.map((audience) => renderAudience(audience, choice))}
  </div>`;
}

function renderAudience(audience: Audience, { chosen, choose }: AudienceChoice): TemplateResult {
  const isOff = audience.refusal !== undefined;
  const isOn = audience.visibility === chosen?.visibility;
  return html`<label class="opt ${isOn ? 'is-on' : ''} ${isOff ? 'is-off' : ''}">
    <input
      type="radio"
      name="audience"
      .checked=${isOn}
      ?disabled=${isOff}
      @change=${() => {
        choose(audience.visibility);
      }}
    />
    <span class="grow"
      ><b class="medium">${audience.title}</b
      ><span class="small t2 text">${audience.refusal ?? audience.text}</span></span
    >${icon(audience.icon, 18)}
  </label>`;
}

/** The one that is chosen, else the first that the person may choose. */
export function chosenAudience(
  audiences: readonly Audience[],
  visibility: Audience['visibility'] | undefined,
): Audience | undefined {
  const possible = audiences.filter(({ refusal }) => refusal === undefined);
  return possible.find((audience) => audience.visibility === visibility) ?? possible[0];
}

/** Look of the cards. */
export const audienceStyles = css`
  .opts {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  .opt {
    position: relative;
    display: flex;
    gap: 10px;
    align-items: flex-start;
    padding: 12px;
    border: 1px solid var(--border);
    border-radius: var(--r-card);
  }
  .opt.is-on {
    border-color: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
  }
  .opt.is-off {
    background: var(--sunken);
    color: var(--text-2);
  }
  .opt input {
    width: 16px;
    height: 16px;
    margin: 1px 0 0;
    accent-color: var(--accent);
  }
  .opt .i {
    color: var(--text-3);
  }
  .opt .text {
    display: block;
    margin-top: 1px;
  }
  @media (max-width: 1180px) {
    .opts {
      grid-template-columns: 1fr;
    }
  }
`;
