import { AppError } from '@patchbay/errors';
import { describe, expect, it } from 'vitest';
import { openApi30, petShop } from '../../../test/openapi-fixtures.ts';
import { convertDescription } from '../convert-description.ts';
import { createDescriptionConverter } from './convert-in-process.ts';

const noFetch = (): Promise<string> => Promise.reject(new Error('nothing may be fetched here'));
const petText = JSON.stringify(petShop);

describe('createDescriptionConverter', () => {
  it('gives what a conversion in this process gives, one after the other', async () => {
    const converter = createDescriptionConverter();
    const expected = await convertDescription({ text: petText, url: '' }, noFetch);
    const both = [1, 2].map(() => converter.convert({ text: petText, url: '' }, noFetch));
    expect(await Promise.all(both)).toEqual([expected, expected]);
  });

  it('fetches through the server and carries its refusals', async () => {
    const converter = createDescriptionConverter();
    const text = openApi30({ '/a': { $ref: 'https://example.com/a.json' } });
    const seen: string[] = [];
    const fetchText = (url: string): Promise<string> => {
      seen.push(url);
      return Promise.resolve('{"get":{"responses":{}}}');
    };
    const preview = await converter.convert({ text, url: '' }, fetchText);
    expect([preview.operations.map(({ key }) => key), seen]).toEqual([['GET /a'], ['https://example.com/a.json']]);
    const refuse = (): Promise<string> =>
      Promise.reject(new AppError('egress_forbidden', { message: 'A private address.' }));
    await expect(converter.convert({ text, url: '' }, refuse)).rejects.toMatchObject({
      code: 'egress_forbidden',
      message: 'The reference "https://example.com/a.json" cannot be followed. A private address.',
    });
    await expect(converter.convert({ text: 'x', url: '' }, noFetch)).rejects.toMatchObject({
      code: 'import_unreadable',
    });
  });

  it('ends a conversion that takes too long or too much memory, and converts the next one', async () => {
    const never = (): Promise<string> => new Promise(() => undefined);
    const waiting = createDescriptionConverter({ timeMs: 5_000 });
    const text = openApi30({ '/a': { $ref: 'https://example.com/a.json' } });
    await expect(waiting.convert({ text, url: '' }, never)).rejects.toMatchObject({ code: 'import_too_complex' });
    expect((await waiting.convert({ text: petText, url: '' }, noFetch)).name).toBe('Pet shop');
    const small = createDescriptionConverter({ memoryMb: 24 });
    const large = openApi30({ '/a': {} }, { 'x-rest': Array.from({ length: 1_500_000 }, (_, index) => [index]) });
    await expect(small.convert({ text: large, url: '' }, noFetch)).rejects.toMatchObject({
      code: 'import_too_complex',
    });
  });

  it('keeps this process small and awake while it refuses bombs', async () => {
    const converter = createDescriptionConverter();
    const bombs = [
      `{"a":${'['.repeat(5_000_000)}`,
      `a: &a [x]\n${Array.from({ length: 40 }, (_, level) => `b${String(level)}: &b${String(level)} [*${level === 0 ? 'a' : `b${String(level - 1)}`}, *${level === 0 ? 'a' : `b${String(level - 1)}`}]`).join('\n')}`,
      'x'.repeat(20_000_001),
    ];
    const before = process.memoryUsage().heapUsed;
    let latest = performance.now();
    let longestPause = 0;
    const ticking = setInterval(() => {
      longestPause = Math.max(longestPause, performance.now() - latest);
      latest = performance.now();
    }, 5);
    for (const text of [...bombs, ...bombs]) {
      await expect(converter.convert({ text, url: '' }, noFetch)).rejects.toMatchObject({ code: 'import_too_complex' });
    }
    clearInterval(ticking);
    expect((process.memoryUsage().heapUsed - before) / 1_000_000).toBeLessThan(100);
    expect(longestPause).toBeLessThan(1_000);
  });
});
