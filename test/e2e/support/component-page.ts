import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launchChromium } from '@patchbay/tooling';
import type { Browser, Page } from 'playwright-core';

/** A page of a real Chromium that can load single elements of the web app from source. */
export interface ComponentPage {
  readonly page: Page;
  /** Loads modules below `web/app/src`, for example `ui/input/input.ts`. */
  load(...modules: string[]): Promise<void>;
  /** Puts markup into the page in place of what was there. */
  show(markup: string): Promise<void>;
  close(): Promise<void>;
}

interface DevServer {
  listen(): Promise<unknown>;
  close(): Promise<void>;
  readonly resolvedUrls: { readonly local: readonly string[] } | null;
}

const appFolder = fileURLToPath(new URL('../../../web/app/', import.meta.url));

/** As a script of the page: inside a function, vitest would rewrite the `import` for itself. */
async function importInPage(page: Page, module: string): Promise<void> {
  await page.evaluate(`import('/app/src/${module}')`);
}

/** Starts Vite's development server on the web app and opens an empty page of it. */
export async function openComponentPage(): Promise<ComponentPage> {
  const vite = createRequire(`${appFolder}package.json`).resolve('vite');
  const { createServer } = (await import(pathToFileURL(vite).href)) as {
    createServer(options: unknown): Promise<DevServer>;
  };
  const server = await createServer({
    root: appFolder,
    logLevel: 'silent',
    cacheDir: `${appFolder}node_modules/.vite-components`,
    server: { port: 0, host: '127.0.0.1', watch: null, hmr: false },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0] ?? '';
  const browser: Browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 900, height: 700 }, bypassCSP: true });
  page.setDefaultTimeout(15_000);
  // Any page of the server will do: the elements bring their own styles, the tokens come with the style sheet.
  await page.route('**/component-page', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: '<!doctype html><html lang="en"><title>Components</title><main></main></html>',
    }),
  );
  await page.goto(`${url}component-page`);
  await importInPage(page, 'styles/global.css');
  return {
    page,
    async load(...modules) {
      for (const module of modules) await importInPage(page, module);
    },
    async show(markup) {
      await page.evaluate((html) => {
        const main = document.querySelector('main');
        if (main !== null) main.innerHTML = html;
      }, markup);
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
