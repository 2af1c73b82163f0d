import { html, nothing, type TemplateResult } from 'lit';
import type { Binding, StepOf } from '@patchbay/flow-model';
import { boundField, formulaField, type StepFormContext } from './form-context.ts';
import { choiceField, numberField } from './plain-fields.ts';

const anything = {};

/** Transform: named fields, or one formula for the whole value. */
export function transformForm(step: StepOf<'transform'>, context: StepFormContext): TemplateResult {
  return html`<p class="t2">Builds a value from earlier data. Later steps see it as <code>${step.key}</code>.</p>
    ${boundField(context, {
      pointer: '/output',
      label: 'Output',
      schema: { type: 'object', additionalProperties: {} },
      isRequired: true,
      binding: step.output,
      onChange: (output) => {
        context.change({ ...step, output: output ?? { object: {} } }, '/output');
      },
    })}`;
}

/** For each: the list, how many at once, and what one iteration gives. */
export function forEachForm(step: StepOf<'for_each'>, context: StepFormContext): TemplateResult {
  return html`${formulaField(context, {
    pointer: '/items',
    label: 'List',
    help: 'The steps inside run once for each item; they see it as loop.item.',
    formula: step.items,
    onChange: (items) => {
      context.change({ ...step, items }, '/items');
    },
  })}
  ${numberField({
    label: 'Items at the same time',
    value: step.concurrency,
    least: 1,
    most: 50,
    help: '1 runs them one after another.',
    onChange: (concurrency) => {
      if (concurrency !== undefined) context.change({ ...step, concurrency }, '/concurrency');
    },
  })}
  ${boundField(
    { ...context, scope: context.resultScope },
    {
      pointer: '/result',
      label: 'Result of one item',
      schema: { type: 'object', additionalProperties: {} },
      help: 'Left out, it is the output of the last step inside.',
      binding: step.result,
      onChange: (result) => {
        const { result: _before, ...rest } = step;
        context.change(result === undefined ? rest : { ...rest, result }, '/result');
      },
    },
  )}`;
}

/** Wait: a time, or until an instant. */
export function waitForm(step: StepOf<'wait'>, context: StepFormContext): TemplateResult {
  const isUntil = 'until' in step.wait;
  return html`${choiceField({
    label: 'Wait',
    value: isUntil ? 'until' : 'duration',
    options: [
      { value: 'duration', label: 'For some time' },
      { value: 'until', label: 'Until a moment' },
    ],
    onChange: (kind) => {
      context.change(
        {
          ...step,
          wait: kind === 'until' ? { until: { formula: 'now() + hours(1)' } } : { durationSeconds: { value: 60 } },
        },
        '/wait',
      );
    },
  })}
  ${
    'until' in step.wait
      ? boundField(context, {
          pointer: '/wait/until',
          label: 'Moment',
          schema: { type: 'string', format: 'date-time' },
          isRequired: true,
          binding: step.wait.until,
          help: 'ISO 8601, for example 2026-12-24T18:00:00Z.',
          onChange: (until) => {
            context.change({ ...step, wait: { until: until ?? { value: '' } } }, '/wait/until');
          },
        })
      : boundField(context, {
          pointer: '/wait/durationSeconds',
          label: 'Seconds',
          schema: { type: 'number' },
          isRequired: true,
          binding: step.wait.durationSeconds,
          onChange: (durationSeconds) => {
            context.change(
              { ...step, wait: { durationSeconds: durationSeconds ?? { value: 0 } } },
              '/wait/durationSeconds',
            );
          },
        })
  }`;
}

/** Respond: status, headers and body of the answer to a synchronous trigger. */
export function respondForm(step: StepOf<'respond'>, context: StepFormContext): TemplateResult {
  return html`<p class="t2">Answers the caller. The flow goes on after it.</p>
    ${boundField(context, {
      pointer: '/status',
      label: 'Status',
      schema: { type: 'integer' },
      isRequired: true,
      binding: step.status,
      onChange: (status) => {
        context.change({ ...step, status: status ?? { value: 200 } }, '/status');
      },
    })}
    ${boundField(context, {
      pointer: '/body',
      label: 'Body',
      schema: { type: 'object', additionalProperties: {} },
      binding: step.body,
      onChange: (body) => {
        const { body: _before, ...rest } = step;
        context.change(body === undefined ? rest : { ...rest, body }, '/body');
      },
    })}
    ${boundField(context, {
      pointer: '/headers',
      label: 'Headers',
      schema: { type: 'object', additionalProperties: { type: 'string' } },
      binding: step.headers === undefined ? undefined : { object: step.headers },
      onChange: (headers) => {
        const { headers: _before, ...rest } = step;
        const object = headers !== undefined && 'object' in headers ? headers.object : undefined;
        context.change(object === undefined ? rest : { ...rest, headers: object }, '/headers');
      },
    })}`;
}

/** Stop: ends the run. */
export function stopForm(step: StepOf<'stop'>, context: StepFormContext): TemplateResult {
  const optional = (name: 'message' | 'output', label: string, schema: Record<string, string>): TemplateResult =>
    boundField(context, {
      pointer: `/${name}`,
      label,
      schema,
      binding: step[name],
      onChange: (binding: Binding | undefined) => {
        const { [name]: _before, ...rest } = step;
        context.change(binding === undefined ? rest : { ...rest, [name]: binding }, `/${name}`);
      },
    });
  return html`${choiceField({
    label: 'The run ends as',
    value: step.outcome,
    options: [
      { value: 'succeeded', label: 'Succeeded' },
      { value: 'failed', label: 'Failed' },
    ],
    onChange: (outcome) => {
      context.change({ ...step, outcome: outcome as 'succeeded' | 'failed' }, '/outcome');
    },
  })}
  ${step.outcome === 'failed' ? optional('message', 'Message', { type: 'string' }) : optional('output', 'Output', anything)}`;
}

/** Try: nothing to set; the lanes hold the steps. */
export function tryForm(step: StepOf<'try'>): TemplateResult {
  return html`<p class="t2">
      The left lane runs. When a step in it fails, the right lane runs instead of failing the run; there
      <code>error</code> holds what happened.
    </p>
    ${step.disabled === true ? html`<p class="t2">This step is off.</p>` : nothing}`;
}
