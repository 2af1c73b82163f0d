/** Descriptions of public APIs, out of npm packages; nothing is fetched. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A public description. */
export interface PublicDescription {
  readonly name: string;
  readonly format: 'swagger-2.0' | 'openapi-3.0' | 'openapi-3.1';
  /** Path inside its package. */
  readonly file: readonly [packageName: string, path: string];
  /** Operations in it, counted by hand. */
  readonly operations: number;
}

/** The large ones, by size: 4.2 MB, 720 kB, 560 kB, 500 kB, 400 kB of YAML. */
export const largeDescriptions: readonly PublicDescription[] = [
  {
    name: 'Kubernetes 1.13',
    format: 'swagger-2.0',
    file: ['kubernetes-client', 'lib/specs/swagger-1.13.json.gz'],
    operations: 1_014,
  },
  { name: 'Netlify', format: 'swagger-2.0', file: ['@netlify/open-api', 'dist/swagger.json'], operations: 181 },
  { name: 'ReadMe', format: 'openapi-3.1', file: ['@readme/oas-examples', '3.1/json/readme.json'], operations: 54 },
  {
    name: 'Star Trek',
    format: 'openapi-3.0',
    file: ['@readme/oas-examples', '3.0/json/star-trek.json'],
    operations: 120,
  },
  { name: 'Figma', format: 'openapi-3.1', file: ['@figma/rest-api-spec', 'openapi/openapi.yaml'], operations: 54 },
];

const require = createRequire(import.meta.url);

/** Where a file of an installed package lies. */
export function pathInPackage([packageName, path]: PublicDescription['file']): string {
  return join(dirname(require.resolve(`${packageName}/package.json`)), path);
}

/** The text of a description. */
export async function readDescription(file: PublicDescription['file']): Promise<string> {
  const bytes = await readFile(pathInPackage(file));
  return (file[1].endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}
