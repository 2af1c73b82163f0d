import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { iconNames } from '../src/ui/icon/icon-names.ts';

const moduleId = 'virtual:pb-icons';
const resolvedId = `\0${moduleId}`;

/** Puts the Lucide icons of `icon-names.ts`, and no others, into the bundle as one module: name to inner SVG. */
export function iconSprite(): Plugin {
  return {
    name: 'patchbay-icon-sprite',
    resolveId: (id) => (id === moduleId ? resolvedId : undefined),
    async load(id) {
      if (id !== resolvedId) return undefined;
      const entries = await Promise.all(iconNames.map(async (name) => [name, await readIcon(name)] as const));
      return `export const icons = ${JSON.stringify(Object.fromEntries(entries))};`;
    },
  };
}

async function readIcon(name: string): Promise<string> {
  const folder = join(dirname(createRequire(import.meta.url).resolve('lucide-static/package.json')), 'icons');
  const text = await readFile(join(folder, `${name}.svg`), 'utf8');
  const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(text)?.[1] ?? '';
  return inner.replace(/\s+/g, ' ').replace(/ \/>/g, '/>').trim();
}
