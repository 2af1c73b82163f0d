/** Breaks flow documents as bad tools, hand edits and attackers do. */
import fc from 'fast-check';
import type { FlowDocument } from '@patchbay/flow-model';

/** One wrong thing: where in the document, by choosing a child at each level, and what to do there. */
export interface Damage {
  readonly turns: readonly number[];
  readonly kind: 'delete' | 'replace' | 'add' | 'rename';
  readonly value: unknown;
}

const deep = (levels: number): unknown => (levels === 0 ? 1 : { object: { a: deep(levels - 1) } });

const values: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'x',
  's0',
  'trigger',
  '__proto__',
  'a\u0000b',
  '\ud800',
  'x'.repeat(9_000),
  [],
  {},
  [[[]]],
  { value: undefined },
  { formula: '1 +' },
  { formula: 'trigger.nope' },
  { formula: '[1, 2].map(x, ' },
  { formula: `${'('.repeat(500)}1${')'.repeat(500)}` },
  { template: '{{ s1' },
  { template: '{{ nobody.home }}' },
  JSON.parse('{"__proto__": {"formula": "1"}}'),
  deep(20),
  deep(300),
];

/** Random damage; most of it makes the document invalid. */
export const arbitraryDamage: fc.Arbitrary<Damage> = fc.record({
  turns: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 8 }),
  kind: fc.constantFrom('delete', 'replace', 'replace', 'add', 'rename'),
  value: fc.constantFrom(...values),
});

/** The document with the damage done. */
export function damaged(document: FlowDocument, damages: readonly Damage[]): unknown {
  const copy: unknown = structuredClone(document);
  // Each damage brings a value of its own: one that stood in two places could come to stand inside itself.
  for (const damage of damages) damageOnce(copy, { ...damage, value: structuredClone(damage.value) });
  return copy;
}

type Parent = Record<string, unknown>;

function damageOnce(root: unknown, { turns, kind, value }: Damage): void {
  let parent = root as Parent;
  let name = '';
  for (const turn of turns) {
    const names = Object.keys(parent);
    name = names[turn % names.length] ?? 'new';
    const child = parent[name];
    if (typeof child !== 'object' || child === null || turn === turns.at(-1)) break;
    parent = child as Parent;
  }
  apply(parent, { name, kind, value });
}

function apply(parent: Parent, { name, kind, value }: { name: string; kind: Damage['kind']; value: unknown }): void {
  const old = parent[name];
  if (kind === 'add') parent['surplus'] = value;
  else if (kind === 'replace') parent[name] = value;
  else {
    Reflect.deleteProperty(parent, name);
    if (kind === 'rename') parent[`${name}_2`] = old;
  }
}
