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
      ${settings.map((setting) =>
        numberField({
          label: setting.label,
          suffix: setting.suffix,
          value: step.resilience?.[setting.name],
          placeholder: String(defaults[setting.name] ?? setting.usual),
          least: setting.least,
          most: setting.most,
          onChange: (value) => {
            set({ [setting.name]: value }, setting.name);
          },
        }),
      )}
      ${choiceField({
        label: 'Further pauses',
        value: step.resilience?.backoff ?? '',
        options: [{ value: '', label: `As the connector (${defaults.backoff ?? 'exponential'})` }, ...backoffs],
        onChange: (backoff) => {
          set({ backoff: backoff === '' ? undefined : (backoff as NonNullable<StepResilience['backoff']>) }, 'backoff');
        },
      })}
    </div>
    ${attempts(step, defaults)} ${whenItFails(context)}
  `;
}

/** Numbers that a step may override, with their limits and what holds when nobody says anything. */
const settings = [
  { name: 'timeoutMs', label: 'Timeout', suffix: 'ms', least: 100, most: 86_400_000, usual: 30_000 },
  { name: 'maxRetries', label: 'Retries', suffix: '', least: 0, most: 100, usual: 3 },
  { name: 'retryDelayMs', label: 'First pause', suffix: 'ms', least: 0, most: 3_600_000, usual: 1_000 },
] as const;

const backoffs = [
  { value: 'none', label: 'The same' },
  { value: 'linear', label: 'Grow evenly' },
  { value: 'exponential', label: 'Double each time' },
] as const;

function whenItFails(context: { readonly isReadonly: boolean; readonly onWrapInTry: () => void }): TemplateResult {
  return html`<div class="blk">
    <h3 class="h3">When it fails for good</h3>
    <p class="t2" style="margin:4px 0 10px">
      The run fails, unless the step stands in a Try. Then the steps of its right lane run instead, and the flow goes
      on.
    </p>
    <button class="btn btn-secondary btn-small" ?disabled=${context.isReadonly} @click=${context.onWrapInTry}>
      Continue on error
    </button>
  </div>`;
}

function pausesOf(step: OperationStep, defaults: Defaults): { retries: number; pause: (index: number) => number } {
  const { maxRetries = 3, retryDelayMs = 1_000, backoff = 'exponential' } = { ...defaults, ...step.resilience };
  const delay = retryDelayMs;
  const growth = {
    none: () => delay,
    linear: (index: number) => delay * (index + 1),
    exponential: (index: number) => delay * 2 ** index,
  };
  return { retries: maxRetries, pause: growth[backoff] };
}

/** When each attempt would start, drawn as a sentence: numbers say more than a picture of four dots. */
function attempts(step: OperationStep, defaults: Defaults): TemplateResult {
  const { retries, pause } = pausesOf(step, defaults);
  const starts = [0];
  for (let index = 0; index < Math.min(retries, 5); index++) starts.push((starts.at(-1) ?? 0) + pause(index));
  const words = starts.map((start) => `${start / 1_000} s`).join(', ');
  return html`<p class="help">
    ${retries === 0 ? 'One attempt, no retries.' : `Attempts start at ${words}${retries > 5 ? ', …' : ''} if each fails at once.`}
  </p>`;
}
