import { expect, it } from 'vitest';
import { createFieldHistory } from './field-history.ts';

it('goes back and forth; typing in one field is one step', () => {
  let time = 0;
  const history = createFieldHistory<string>(() => time);
  history.record('', 'name');
  time += 100;
  history.record('A', 'name');
  time += 2_000;
  history.record('AB', 'name');
  expect(history.undo('ABC')).toBe('AB');
  expect(history.undo('AB')).toBe('');
  expect(history.undo('')).toBeUndefined();
  expect(history.redo('')).toBe('AB');
  expect(history.redo('AB')).toBe('ABC');
  expect(history.canRedo).toBe(false);
});

it('a new edit forgets what was undone', () => {
  const history = createFieldHistory<string>(() => 0);
  history.record('a', 'x');
  history.undo('b');
  history.record('a', 'y');
  expect(history.canRedo).toBe(false);
});
