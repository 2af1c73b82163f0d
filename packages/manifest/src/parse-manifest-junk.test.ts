import { isAppError } from '@patchbay/errors';
import { describe, expect, it } from 'vitest';
import { aManifest } from './manifest-fixture.ts';
import { parseManifest } from './parse-manifest.ts';

type Path = readonly (string | number)[];

const junk: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  '',
  'x',
  '\0',
  '{{',
  '../..',
  true,
  [],
  [null],
  {},
  { $ref: '#' },
  1e308,
];

/** Every place of a JSON value, the whole included. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, child]) => placesOf(child, [...path, key]))];
}

function replaceAt(value: unknown, path: Path, replacement: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return replacement;
  const copy: Record<string | number, unknown> | unknown[] = Array.isArray(value)
    ? [...(value as unknown[])]
    : { ...(value as object) };
  Reflect.set(copy, first, replaceAt(Reflect.get(copy, first), rest, replacement));
  return copy;
}

describe('parseManifest on damaged manifests', () => {
  it('reads them or says manifest_invalid, wherever the damage is', () => {
    const places = placesOf(aManifest());
    let refused = 0;
    for (const path of places) {
      for (const replacement of junk) {
        try {
          parseManifest(replaceAt(aManifest(), path, replacement));
        } catch (error) {
          refused += 1;
          expect(isAppError(error) ? error.code : error, `${path.join('/')} = ${JSON.stringify(replacement)}`).toBe(
            'manifest_invalid',
          );
        }
      }
    }
    expect(refused).toBeGreaterThan(places.length);
  });
});
