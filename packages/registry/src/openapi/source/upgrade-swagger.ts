import { AppError } from '@patchbay/errors';
import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';

/** Swagger 2.0 in the words of OpenAPI 3.0. Changes the document it is given. Throws `import_unreadable`. */
export function upgradeSwagger(document: Record<string, unknown>): Record<string, unknown> {
  try {
    return upgradeFromTwoToThree(document) as Record<string, unknown>;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.slice(0, 300) : '';
    throw new AppError('import_unreadable', { message: `The Swagger 2.0 description has a mistake. ${reason}`, cause });
  }
}
