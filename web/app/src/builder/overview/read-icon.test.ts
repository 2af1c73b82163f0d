import { expect, it } from 'vitest';
import { readIcon } from './read-icon.ts';

const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

it('takes a PNG and an SVG by what they hold', async () => {
  expect(await readIcon(new File([png], 'logo.gif'))).toEqual({ dataUri: 'data:image/png;base64,iVBORw0KGgo=' });
  const svg = await readIcon(new File(['<?xml version="1.0"?><svg viewBox="0 0 1 1"/>'], 'logo.svg'));
  expect(svg).toMatchObject({ dataUri: expect.stringMatching(/^data:image\/svg\+xml;base64,/) as string });
});

it('refuses a GIF, and what is too large, and says so', async () => {
  expect(await readIcon(new File(['GIF89a'], 'logo.gif'))).toEqual({
    problem: 'A GIF file cannot be an icon. Choose a PNG or an SVG, best 64 × 64 pixels.',
  });
  const large = new Uint8Array(60_000);
  large.set(png);
  expect(await readIcon(new File([large], 'logo.png'))).toMatchObject({
    problem: expect.stringContaining('59 KB') as string,
  });
});
