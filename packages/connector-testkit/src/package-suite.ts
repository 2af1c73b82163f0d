import { join } from 'node:path';
import { renderManifest, type Connector, type DeclarativeConnector } from '@patchbay/connector-sdk';
import { checkManifest, parseManifest } from '@patchbay/manifest';
import { describe, expect, it } from 'vitest';
import { buildManifest, readPackageJson, readText } from './connector-package.ts';

const installScripts = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare'];

/** Registers what must hold for the files of a connector package. */
export function describePackage(connector: Connector | DeclarativeConnector, packageDir: string): void {
  describe('package', () => {
    it('has a valid manifest that survives a round trip', async () => {
      const manifest = await buildManifest(connector, packageDir);
      expect(checkManifest(manifest)).toEqual([]);
      expect(parseManifest(JSON.parse(renderManifest(manifest)))).toEqual(manifest);
    });

    it('has a connector.json that is up to date (regenerate: vitest run <package> -u)', async () => {
      const text = renderManifest(await buildManifest(connector, packageDir));
      await expect(text).toMatchFileSnapshot(join(packageDir, 'connector.json'));
    });

    it('says in package.json that it is a connector, and installs nothing', async () => {
      const packageJson = await readPackageJson(packageDir);
      expect(packageJson.keywords).toContain('patchbay-connector');
      expect(packageJson.patchbayConnector).toEqual({ manifest: './connector.json', schema: 1 });
      expect(Object.keys(packageJson.dependencies ?? {})).toEqual([]);
      expect(Object.keys(packageJson.optionalDependencies ?? {})).toEqual([]);
      expect(Object.keys(packageJson.scripts ?? {}).filter((name) => installScripts.includes(name))).toEqual([]);
    });

    it('documents itself, every operation and every data processor', async () => {
      const docs = await readText(packageDir, 'README.md');
      expect(docs).toMatch(/^# \S/);
      for (const { name } of connector.operations) expect(docs, `README.md does not mention ${name}`).toContain(name);
      for (const { name } of connector.processors)
        expect(docs, `README.md does not mention ${name}`).toContain(`\`${name}\``);
    });

    it('has a change log that knows the version', async () => {
      const { version } = await readPackageJson(packageDir);
      expect(await readText(packageDir, 'CHANGELOG.md')).toContain(version);
    });
  });
}
