import { row, type ErrorCodeRow } from './code-row.ts';

/** Codes of running an operation. */
export const operationCodes = {
  operation_unknown: row(
    'unprocessable',
    'The connector has no such operation.',
    'Choose an operation of this version.',
  ),
  processor_unknown: row(
    'unprocessable',
    'The connector has no such data processor.',
    'Choose one of those that it has.',
  ),
  processor_disabled: row(
    'conflict',
    'Data processing is switched off for this connector.',
    'Set processor.enabled of the connector.',
  ),
  operation_input_invalid: row(
    'unprocessable',
    'The input of the operation does not fit its schema.',
    'Correct the fields named in details.',
  ),
  operation_output_invalid: row(
    'unprocessable',
    'The answer does not fit the declared schema.',
    'Correct the response schema of the operation.',
  ),
  operation_failed: row(
    'unprocessable',
    'The connector failed on this call.',
    'See the message; if it is no fault of the input, report it to the author of the connector.',
  ),
  operation_timeout: row('timeout', 'The external system did not answer in time.', 'Try again, or raise the timeout.'),
  operation_cancelled: row('conflict', 'The call was cancelled.', 'Start the run again if it is still needed.'),
  operation_outcome_unknown: row(
    'unprocessable',
    'It is not known whether the call took effect.',
    'Look in the external system before you repeat it.',
  ),
  remote_bad_request: row(
    'unprocessable',
    'The external system refused the request.',
    'Correct the values of the step.',
  ),
  remote_unauthorized: row(
    'unprocessable',
    'The external system refused the credentials.',
    'Authorise the connection again.',
  ),
  remote_forbidden: row(
    'unprocessable',
    'The external system forbids this call.',
    'Give the account the right it needs.',
  ),
  remote_not_found: row(
    'unprocessable',
    'The external system does not know what was asked for.',
    'Check the identifiers in the step.',
  ),
  remote_conflict: row(
    'unprocessable',
    'The external system reports a conflict.',
    'Check whether it was done already.',
  ),
  remote_rate_limited: row(
    'rate-limited',
    'The external system limits the rate.',
    'It is tried again after the time it asked for.',
  ),
  remote_unavailable: row(
    'unavailable',
    'The external system failed.',
    'It is tried again; if it stays, ask its operator.',
  ),
  network_error: row('unavailable', 'The external system cannot be reached.', 'Check the address and the network.'),
  egress_forbidden: row(
    'forbidden',
    'This address may not be called.',
    'Ask the platform administrator to allow the host.',
  ),
  response_too_large: row(
    'unprocessable',
    'The answer is larger than allowed.',
    'Ask for less, page the request, or raise the limit.',
  ),
  plugin_crashed: row(
    'unavailable',
    'The connector process ended unexpectedly.',
    'It is tried again; if it stays, report it to the author.',
  ),
  plugin_protocol_error: row(
    'unavailable',
    'The connector process broke the protocol.',
    'Report it to the author of the connector.',
  ),
  plugin_invalid: row(
    'unprocessable',
    'The connector package cannot be loaded.',
    'Report it to the author of the connector.',
  ),
} satisfies Record<string, ErrorCodeRow>;
