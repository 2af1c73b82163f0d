import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Obstacles } from './obstacles.ts';

describe('Obstacles', () => {
  it('finds what a look at every node finds', () => {
    const box = fc.record({
      x: fc.nat(900),
      y: fc.nat(900),
      width: fc.constant(200),
      height: fc.integer({ min: 10, max: 300 }),
    });
    fc.assert(
      fc.property(fc.array(box, { maxLength: 30 }), fc.nat(900), fc.nat(300), (boxes, top, size) => {
        const nodes = boxes.map((one, index) => ({ ...one, key: String(index) }));
        const expected = nodes.filter(
          (node) => node.y <= top + size && node.y + node.height >= top && node.key !== '0',
        );
        const found = new Obstacles(nodes).between(top, top + size, ['0', 'x']);
        expect(found.map(({ key }) => key).sort()).toEqual(expected.map(({ key }) => key).sort());
      }),
    );
  });
});
