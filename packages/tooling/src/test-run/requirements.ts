import { z } from 'zod';
import type { TestOutcome } from './report.ts';

const RequirementSchema = z.object({ id: z.string(), section: z.string(), text: z.string() });

/** The list in `test/requirements/requirements.json`. */
export const RequirementsSchema = z.array(RequirementSchema);
/** One numbered requirement of the design. */
export type Requirement = z.infer<typeof RequirementSchema>;

/** What the tests of a run say about one requirement. */
export type RequirementState = 'passed' | 'failed' | 'none';

const idPattern = /\b(?:CH|DI|ZO|CO)-\d{2}\b/g;

/** The requirement ids that a test names in its title. */
export function idsIn(title: string): string[] {
  return [...new Set(title.match(idPattern))];
}

/** The state of every id that some test names: failed as soon as one of its tests failed. */
export function stateById(tests: readonly TestOutcome[]): Map<string, RequirementState> {
  const states = new Map<string, RequirementState>();
  for (const test of tests) {
    for (const id of idsIn(test.title)) {
      states.set(id, test.isPassed && states.get(id) !== 'failed' ? 'passed' : 'failed');
    }
  }
  return states;
}

/** Ids that the committed page shows as passed and this run does not. */
export function findRegressions(committed: string, states: ReadonlyMap<string, RequirementState>): string[] {
  const before = [...committed.matchAll(/^\| ((?:CH|DI|ZO|CO)-\d{2}) \| passed \|/gm)].map((match) => match[1] ?? '');
  return before.filter((id) => states.get(id) !== 'passed');
}

/** The tests that name each id, as `file: title`, every one once and in order. */
export function testsById(tests: readonly TestOutcome[]): Map<string, string[]> {
  const named = new Map<string, Set<string>>();
  for (const { title, file } of tests) {
    for (const id of idsIn(title)) named.set(id, (named.get(id) ?? new Set()).add(`${file}: ${title}`));
  }
  return new Map([...named].map(([id, lines]) => [id, [...lines].toSorted()]));
}

/** The page `docs/requirements-status.md`. */
export function renderStatus(requirements: readonly Requirement[], tests: readonly TestOutcome[]): string {
  const states = stateById(tests);
  const named = testsById(tests);
  const sections = [...new Set(requirements.map((requirement) => requirement.section))];
  const stateOf = (id: string): RequirementState => states.get(id) ?? 'none';
  const passed = requirements.filter((requirement) => stateOf(requirement.id) === 'passed').length;
  const head = [
    '# Requirements and the tests that hold them',
    '',
    'Written by `npm test` from the ids in test titles; do not edit. `none` means that no test names the id yet.',
    '',
    `${passed} of ${requirements.length} requirements have passing tests.`,
  ];
  const tables = sections.flatMap((section) => {
    const rows = requirements.filter((requirement) => requirement.section === section);
    const lines = rows.map(
      ({ id, text }) =>
        `| ${id} | ${stateOf(id)} | ${inCell(text)} | ${(named.get(id) ?? []).map(inCell).join('<br>')} |`,
    );
    return ['', `## ${section}`, '', '| id | state | requirement | tests |', '| --- | --- | --- | --- |', ...lines];
  });
  return [...head, ...tables, ''].join('\n');
}

/** A text that ends no cell, is no markup, and holds no control characters: titles of tests about bad input do. */
function inCell(text: string): string {
  return text
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ');
}
