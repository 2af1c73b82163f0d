/** Loaded by path in the workflow bundle and in the worker: a file with this one export is what Temporal asks for. */
import { DefaultFailureConverter } from '@temporalio/common';

/** Encodes messages and stack traces of failures, so that the payload codec encrypts them too. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
