import type { AppContext } from '../../shell/app-context.ts';

/** What an import did. */
export interface ImportDone {
  /** The connector that was made or changed. */
  readonly id: string;
  /** Names of operations that the description no longer has and that the person wants to be gone. */
  readonly removed: readonly string[];
}

/** Where to import into. */
export interface ImportTarget {
  /** Id or slug; absent: a new connector is made. */
  readonly connector?: string;
}

/**
 * Opens the import of an OpenAPI or Swagger description: file, text or address, then a choice of operations. Resolves when the
 * server has stored it; undefined: the person closed the dialog.
 */
export async function openImportDialog(app: AppContext, target: ImportTarget = {}): Promise<ImportDone | undefined> {
  await import('./openapi-import.ts');
  const element = document.createElement('pb-openapi-import');
  element.app = app;
  if (target.connector !== undefined) element.connector = target.connector;
  document.body.append(element);
  return new Promise((resolve) => {
    element.addEventListener('pb-import-end', (event) => {
      element.remove();
      resolve((event as CustomEvent<ImportDone | undefined>).detail ?? undefined);
    });
  });
}
