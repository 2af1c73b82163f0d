/** Random sequences of actions by random callers: the registry against a tiny model of its own, in memory and through the API. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig, PositiveIntSchema, readEnvironment } from '@patchbay/config';
import { z } from 'zod';
import { applied, decide, newState, requestOf, type State } from './lifecycle-in-memory.ts';
import { knownStates, playAll, startLanes, storedStates, type Lanes } from './lifecycle-lanes.ts';
import { modelActions, newModel, step, type Model } from './lifecycle-model.ts';
import { commands, sampleSequences } from './lifecycle-sequences.ts';

const sequencesInMemory = 10_000;

/** What fits into a minute of a whole test run; `PATCHBAY_TEST_SEQUENCES=10000` plays as many as issue 4 asks for. */
const { PATCHBAY_TEST_SEQUENCES: sequencesThroughApi, PATCHBAY_TEST_SEED: seed } = loadConfig(
  z.object({
    PATCHBAY_TEST_SEQUENCES: PositiveIntSchema.default(400),
    PATCHBAY_TEST_SEED: PositiveIntSchema.default(20_261_121),
  }),
  readEnvironment(),
);

const factsOf = (model: Model): unknown[] =>
  model.versions.map(({ number, stage, audience, review, wasPublic }) => [number, stage, audience, review, wasPublic]);

describe('the state machine in memory', () => {
  it('4.1 answers and moves as the model in 10,000 random sequences', { timeout: 300_000 }, () => {
    const reached = new Set<string>();
    let worked = 0;
    fc.assert(
      fc.property(commands(30), (sequence) => {
        const model = newModel();
        let state: State | undefined = newState();
        for (const command of sequence) {
          if (state === undefined) break;
          const decision = decide(requestOf(state, model, command));
          const answer = decision.isAllowed ? 'ok' : decision.refusal.code;
          expect([command, answer]).toEqual([command, step(model, command)]);
          if (!decision.isAllowed) continue;
          worked += 1;
          state = applied(state, decision.changes);
          reached.add(`${decision.transition} ${command.action}`);
          expect(state === undefined).toBe(model.isGone);
          if (state !== undefined) expect([state.isEnabled, inOrder(state)]).toEqual([model.isOn, factsOf(model)]);
        }
      }),
      { numRuns: sequencesInMemory },
    );
    // Every action has worked somewhere, or the sequences prove little.
    for (const action of modelActions) expect([...reached].join()).toContain(action);
    expect(worked).toBeGreaterThan(sequencesInMemory);
  });
});

const inOrder = (state: State): unknown[] =>
  state.versions
    .toReversed()
    .map(({ version, stage, visibility, review, wasCatalogue }) => [version, stage, visibility, review, wasCatalogue]);

describe('the state machine through the API', () => {
  let lanes: Lanes;

  beforeAll(async () => {
    lanes = await startLanes();
  });
  afterAll(() => lanes.stop());

  const title = `4.1 answers and moves as the model in ${String(sequencesThroughApi)} random sequences of seed ${String(seed)}`;
  it(title, { timeout: 7_200_000 }, async () => {
    const report = await playAll(lanes, sampleSequences(sequencesThroughApi, seed));
    expect(report.differences.slice(0, 3)).toEqual([]);
    expect(report).toMatchObject({ sequences: sequencesThroughApi, serverErrors: 0, differences: [] });
    expect((await storedStates(lanes)).filter((state) => !knownStates.has(state))).toEqual([]);
    expect(report.calls).toBeGreaterThan(sequencesThroughApi * 4);
    for (const action of [...modelActions, 'connect', 'disconnect']) expect(report.worked).toContain(action);
  });
});
