/** Random sequences of actions for the model, in memory and through the API. */
import fc from 'fast-check';
import { modelActions, modelCallers, type Command, type ModelAction, type ModelCaller } from './lifecycle-model.ts';

/** Connections of a developer of the owner come and go between the actions. */
export interface ConnectionStep {
  readonly action: 'connect' | 'disconnect';
}
export type SequenceStep = Command | ConnectionStep;

/** Callers that may do something come more often: else nearly all answers are refusals. */
const callers = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<ModelCaller>('EA+', 'PA+EA', 'PA') },
  { weight: 1, arbitrary: fc.constantFrom(...modelCallers) },
);
const actions = fc.oneof(
  { weight: 25, arbitrary: fc.constantFrom(...modelActions.filter((action) => action !== 'delete')) },
  { weight: 10, arbitrary: fc.constantFrom<ModelAction>('ready', 'publish_enterprise', 'new_version', 'enable') },
  { weight: 1, arbitrary: fc.constant<ModelAction>('delete') },
);
const command = fc.record({ action: actions, caller: callers, pick: fc.nat({ max: 5 }) });
const connection = fc.record<ConnectionStep>({ action: fc.constantFrom('connect', 'connect', 'disconnect') });

/** Actions by random callers, 4 to `maxLength`. */
export const commands = (maxLength: number): fc.Arbitrary<Command[]> => fc.array(command, { minLength: 4, maxLength });

/** Ways into the middle of a life: from a draft alone, twelve random actions seldom get far. */
const openings = fc
  .constantFrom<readonly (readonly [ModelAction, ModelCaller])[]>(
    [],
    [['ready', 'EA+']],
    [
      ['ready', 'EA+'],
      ['ask', 'EA+'],
    ],
    [
      ['ready', 'EA+'],
      ['prerelease_enterprise', 'EA+'],
    ],
    [['publish_enterprise', 'EA+']],
    [
      ['publish_enterprise', 'EA+'],
      ['deprecate', 'EA+'],
    ],
    [['publish_catalogue', 'PA+EA']],
    [
      ['publish_catalogue', 'PA+EA'],
      ['new_version', 'EA+'],
    ],
  )
  .map((opening) => opening.map(([action, caller]): SequenceStep => ({ action, caller, pick: 0 })));

/** The same sequences for the same seed: 3 to 12 actions each, with connections among them. */
export function sampleSequences(count: number, seed: number): SequenceStep[][] {
  const step = fc.oneof({ weight: 8, arbitrary: command }, { weight: 1, arbitrary: connection });
  const rest = fc.array(step, { minLength: 3, maxLength: 10 });
  const sequence = fc.tuple(openings, rest).map(([opening, steps]) => [...opening, ...steps]);
  return fc.sample(sequence, { numRuns: count, seed });
}
