import { operationError } from './operation-error.ts';

/** The files that a connector with `permissions.files: 'read'` may read: one folder of the installation for each tenant. */
export interface FileAccess {
  /** Real path of the folder of the tenant. */
  readonly root: string;
  /**
   * The real path of a file or folder that a person named, relative to `root`; an empty text or `.` is the folder itself. Open only what
   * this returns: the permissions of the process follow links wherever they lead. Throws `operation_input_invalid` that names `field` (a
   * JSON pointer such as `/paths/0`) for an absolute path, for `..`, for what is not there and for a link that leads out of the folder.
   */
  resolve(path: string, field: string): Promise<string>;
}

/** The error for one field of the input; `field` is its JSON pointer. Nothing was sent. */
export function fieldError(field: string, message: string): ReturnType<typeof operationError> {
  return operationError('operation_input_invalid', {
    message: `${field.slice(1).replaceAll('/', '.')}: ${message}`,
    details: { problems: [{ path: field, message }], wasSent: false },
  });
}
