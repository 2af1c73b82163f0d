import { html, type TemplateResult } from 'lit';
import type { StepOf, StepResilience } from '@patchbay/flow-model';
import type { Resilience } from '@patchbay/manifest';
import type { StepFormContext } from './forms/form-context.ts';
import { choiceField, numberField } from './forms/plain-fields.ts';

type OperationStep = StepOf<'operation'>;
type Defaults = { readonly [Name in keyof Resilience]?: Resilience[Name] | undefined };

/** Timeout and retries of one step; the connector's values stand in the empty fields. */
export function resilienceForm(
  step: OperationStep,
  defaults: Defaults,
  context: StepFormContext & { readonly onWrapInTry: () => void },
): TemplateResult {
  const set = (change: { [Name in keyof StepResilience]?: StepResilience[Name] | undefined }, field: string): void => {
    const merged = Object.fromEntries(
      Object.entries({ ...step.resilience, ...change }).filter(([, value]) => value !== undefined),
    );
    const { resilience: _before, ...rest } = step;
    context.change(Object.keys(merged).length === 0 ? rest : { ...rest, resilience: merged }, `/resilience/${field}`);
  };
  return html`
    <p class="t2">Empty fields follow the connector.</p>
    <div class="two">
      ${numberField({
        label: 'Timeout',
        suffix: 'ms',
        value: step.resilience?.timeoutMs,
        placeholder: String(defaults.timeoutMs ?? 30_000),
        least: 100,
        most: 86_400_000,
        onChange: (timeoutMs) => {
          set({ timeoutMs }, 'timeoutMs');
        },
      })}
      ${numberField({
        label: 'Retries',
        value: step.resilience?.maxRetries,
        placeholder: String(defaults.maxRetries ?? 3),
        least: 0,
        most: 100,
        onChange: (maxRetries) => {
          set({ maxRetries }, 'maxRetries');
        },
      })}
      ${numberField({
        label: 'First pause',
        suffix: 'ms',
        value: step.resilience?.retryDelayMs,
        placeholder: String(defaults.retryDelayMs ?? 1_000),
        least: 0,
        most: 3_600_000,
        onChange: (retryDelayMs) => {
          set({ retryDelayMs }, 'retryDelayMs');
        },
      })}
      ${choiceField({
        label: 'Further pauses',
        value: step.resilience?.backoff ?? '',
        options: [
          { value: '', label: `As the connector (${defaults.backoff ?? 'exponential'})` },
          { value: 'none', label: 'The same' },
          { value: 'linear', label: 'Grow evenly' },
          { value: 'exponential', label: 'Double each time' },
        ],
        onChange: (backoff) => {
          set({ backoff: backoff === '' ? undefined : (backoff as NonNullable<StepResilience['backoff']>) }, 'backoff');
        },
      })}
    </div>
    ${attempts(step, defaults)}
    <div class="blk">
      <h3 class="h3">When it fails for good</h3>
      <p class="t2" style="margin:4px 0 10px">
        The run fails, unless the step stands in a Try. Then the steps of its right lane run instead, and the flow goes
        on.
      </p>
      <button class="btn btn-secondary btn-small" ?disabled=${context.isReadonly} @click=${context.onWrapInTry}>
        Continue on error
      </button>
    </div>
  `;
}

/** When each attempt would start, drawn as a sentence: numbers say more than a picture of four dots. */
function attempts(step: OperationStep, defaults: Defaults): TemplateResult {
  const retries = step.resilience?.maxRetries ?? defaults.maxRetries ?? 3;
  const delay = step.resilience?.retryDelayMs ?? defaults.retryDelayMs ?? 1_000;
  const backoff = step.resilience?.backoff ?? defaults.backoff ?? 'exponential';
  const pause = (index: number): number =>
    backoff === 'none' ? delay : backoff === 'linear' ? delay * (index + 1) : delay * 2 ** index;
  const starts = [0];
  for (let index = 0; index < Math.min(retries, 5); index++) starts.push((starts.at(-1) ?? 0) + pause(index));
  const words = starts.map((start) => `${start / 1_000} s`).join(', ');
  return html`<p class="help">
    ${retries === 0 ? 'One attempt, no retries.' : `Attempts start at ${words}${retries > 5 ? ', …' : ''} if each fails at once.`}
  </p>`;
}
