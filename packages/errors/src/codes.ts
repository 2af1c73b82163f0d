import { row, type ErrorCodeRow } from './code-row.ts';
import { operationCodes } from './operation-codes.ts';

/** Codes that any route or process can answer with. */
const generalCodes = {
  validation_error: row(
    'invalid',
    'The request is not valid.',
    'Correct the fields named in details and send it again.',
  ),
  malformed_json: row(
    'invalid',
    'The body is not valid JSON.',
    'Send a JSON document with content-type application/json.',
  ),
  confirmation_required: row('invalid', 'This action needs a confirmation.', 'Send confirm: true.'),
  unsupported_media_type: row('invalid', 'The content type is not supported.', 'Send application/json.'),
  payload_too_large: row(
    'too-large',
    'The body is too large.',
    'Send a smaller body, or raise the limit in the configuration.',
  ),
  unauthenticated: row('unauthenticated', 'You are not signed in.', 'Sign in, or send a valid token.'),
  invalid_credentials: row('unauthenticated', 'E-mail or password is wrong.', 'Check both and try again.'),
  sign_in_link_invalid: row(
    'unauthenticated',
    'This sign-in link was used or has expired.',
    'Sign in with your password, or ask for a new link.',
  ),
  forbidden_role: row('forbidden', 'Your role does not allow this.', 'Ask an administrator of your tenant.'),
  forbidden_origin: row(
    'forbidden',
    'The request came from a foreign origin.',
    'Call the API from its own origin or with a token.',
  ),
  not_found: row('not-found', 'Nothing is there, or you may not see it.', 'Check the address.'),
  method_not_allowed: row('not-found', 'This address does not answer to that method.', 'See /docs for the methods.'),
  revision_conflict: row(
    'conflict',
    'Someone else changed this in the meantime.',
    'Load the newest revision, repeat the change and save again.',
  ),
  revision_required: row(
    'invalid',
    'A write needs the revision it is based on.',
    'Send the revision in the If-Match header.',
  ),
  last_administrator: row('conflict', 'This is the last administrator.', 'Make somebody else an administrator first.'),
  already_exists: row('conflict', 'This already exists.', 'Choose another name.'),
  idempotency_conflict: row(
    'conflict',
    'This idempotency key was used with another body.',
    'Use a new key for a new request.',
  ),
  rate_limited: row('rate-limited', 'Too many requests.', 'Wait for the time in details.retryAfterMs and try again.'),
  internal_error: row('bug', 'Something went wrong on our side.', 'Try again; if it stays, report the request id.'),
  service_unavailable: row('unavailable', 'A part of the system does not answer right now.', 'Try again in a moment.'),
  config_invalid: row('invalid', 'The configuration is not valid.', 'Correct the keys named in details.'),
  data_folder_locked: row(
    'conflict',
    'Another Patchbay runs on this data folder.',
    'Stop it first, or choose another folder.',
  ),
  port_taken: row('conflict', 'The port is taken.', 'Free it, or choose another one with PORT.'),
  database_too_new: row('conflict', 'The database was written by a newer Patchbay.', 'Update Patchbay.'),
} satisfies Record<string, ErrorCodeRow>;

/** Codes of connectors, their versions and manifests. */
const connectorCodes = {
  manifest_invalid: row(
    'unprocessable',
    'The connector manifest is not valid.',
    'Correct the fields named in details.',
  ),
  connector_not_found: row('not-found', 'There is no such connector.', 'Look it up in the marketplace.'),
  connector_not_ready: row('conflict', 'The connector is not ready for use.', 'Mark it ready or publish it first.'),
  connector_disabled: row('conflict', 'The connector is disabled.', 'Enable it first.'),
  connector_in_use: row('conflict', 'The connector is in use.', 'Remove its references first.'),
  builtin_undeletable: row('forbidden', 'A built-in connector cannot be deleted.', 'Disable it instead.'),
  sdk_access_disabled: row(
    'forbidden',
    'Connector authoring is switched off for this tenant.',
    'Ask the platform administrator.',
  ),
  slug_taken: row('conflict', 'The slug is taken.', 'Choose another slug.'),
  slug_locked: row('conflict', 'The slug cannot be changed any more.', 'Keep the slug.'),
  version_exists: row('conflict', 'This version already exists.', 'Choose a greater version.'),
  version_immutable: row('conflict', 'A public version cannot be changed.', 'Make a new version.'),
  version_blocked: row('conflict', 'This version is blocked.', 'Use another version.'),
  version_deprecated: row('conflict', 'This version is deprecated.', 'Use the version that replaces it.'),
  version_retired: row('gone', 'This version is retired.', 'Use a newer version.'),
  feature_not_available: row(
    'forbidden',
    'Custom connectors are not part of this edition.',
    'Built-in connectors work; ask the platform administrator for custom ones.',
  ),
  limit_reached: row(
    'conflict',
    'The tenant has as many as its limit allows.',
    'Delete one, or ask for a higher limit.',
  ),
  invalid_transition: row(
    'conflict',
    'This action is not possible in the present stage.',
    'See details for the stage it is in and the actions that are possible.',
  ),
  auth_type_locked: row('conflict', 'The authentication type can be changed in a draft only.', 'Make a new version.'),
  auth_type_change_resets_configuration: row(
    'conflict',
    'Changing the authentication type loses its configuration.',
    'Send it again with ?confirm=true if that is wanted.',
  ),
  scopes_locked: row('conflict', 'Scopes can be added, but not changed or removed any more.', 'Make a new version.'),
  auth_details_incomplete: row(
    'unprocessable',
    'Mandatory authentication details are missing.',
    'Fill what details.missing names.',
  ),
  reauthorization_impact: row(
    'conflict',
    'Connections would lose their authorization.',
    'See details.references, and send it again with ?confirm=true.',
  ),
  publish_checklist_failed: row(
    'unprocessable',
    'The connector is not ready to be published.',
    'See details.problems; each names the section to mend.',
  ),
  scope_not_allowed: row(
    'forbidden',
    'You may not publish to this audience.',
    'Choose another one, or ask for a review.',
  ),
  draft_exists: row('conflict', 'There is a draft already.', 'Edit or publish it first.'),
  connections_enabled: row(
    'conflict',
    'Connections of this connector are enabled.',
    'Disable those named in details.references first, or send disable_connections: true.',
  ),
  import_unreadable: row(
    'unprocessable',
    'The text cannot be imported.',
    'See the message for the place and the reason.',
  ),
  import_too_complex: row(
    'unprocessable',
    'The text is too large or too deeply nested.',
    'Import a smaller part of it.',
  ),
  component_not_exposed: row(
    'conflict',
    'The flow cannot be called over HTTP.',
    'Give it a webhook trigger, deploy it, and publish then.',
  ),
  not_deployed: row('conflict', 'The version is not deployed.', 'Deploy it first.'),
  api_version_not_found: row('not-found', 'The flow has no such API version.', 'Choose one of its versions.'),
  branch_not_found: row('not-found', 'The flow has no such branch.', 'Choose one of its branches.'),
  package_integrity_mismatch: row(
    'unavailable',
    'The connector package does not match its recorded digest.',
    'Install the connector again.',
  ),
} satisfies Record<string, ErrorCodeRow>;

/** Codes of connections and of the calls that run through them. */
const connectionCodes = {
  connection_not_found: row('not-found', 'There is no such connection.', 'Choose or create a connection.'),
  connection_required: row('conflict', 'This step needs a connection.', 'Choose or create a connection in Setup.'),
  connection_disabled: row('conflict', 'The connection is disabled.', 'Enable it.'),
  connection_in_use: row('conflict', 'The connection is in use.', 'Remove it from the flows named in details first.'),
  oauth_state_invalid: row(
    'invalid',
    'This authorization was not started here, or took too long.',
    'Start it again from the connection.',
  ),
  reauthorization_required: row(
    'conflict',
    'The connection must be authorized again.',
    'Open the connection and reconnect it.',
  ),
  connection_auth_mismatch: row(
    'unprocessable',
    'The connection does not fit the connector.',
    'Choose a connection of this connector.',
  ),
  credentials_incomplete: row(
    'unprocessable',
    'Required credential fields are missing.',
    'Fill the fields named in details.missing.',
  ),
  authentication_failed: row(
    'unprocessable',
    'The external system refused the credentials.',
    'Check the connection and authorise it again.',
  ),
  secret_unreadable: row(
    'unavailable',
    'The stored credentials cannot be decrypted.',
    'Start with the master key they were encrypted with.',
  ),
  circuit_open: row(
    'unavailable',
    'The external system failed repeatedly; calls pause for a while.',
    'Wait for the recovery time.',
  ),
} satisfies Record<string, ErrorCodeRow>;

/** Codes of flows, plans and expressions. */
const flowCodes = {
  flow_not_found: row('not-found', 'There is no such flow.', 'Choose another flow.'),
  flow_invalid: row('unprocessable', 'The flow has problems.', 'Correct the problems named in details.'),
  flow_not_published: row('conflict', 'The flow has no published version.', 'Publish it first.'),
  flow_document_invalid: row(
    'unprocessable',
    'The flow document does not fit its schema.',
    'Correct the fields named in details.',
  ),
  flow_document_too_new: row('unprocessable', 'The flow document was written by a newer Patchbay.', 'Update Patchbay.'),
  flow_too_large: row('unprocessable', 'The flow is larger than allowed.', 'Split it into several flows.'),
  step_not_found: row('not-found', 'The flow has no such step.', 'Choose another step.'),
  expression_syntax: row('unprocessable', 'The formula cannot be read.', 'Correct it at the marked column.'),
  expression_type: row(
    'unprocessable',
    'The formula gives the wrong type.',
    'Convert the value, or choose another field.',
  ),
  expression_reference: row(
    'unprocessable',
    'The formula refers to something that is not there.',
    'Choose a field of an earlier step.',
  ),
  expression_failed: row(
    'unprocessable',
    'The formula failed on this data.',
    'Give a fallback for missing data, or correct the formula.',
  ),
  expression_too_costly: row(
    'unprocessable',
    'The formula takes too much work.',
    'Use a smaller list or a simpler formula.',
  ),
  plan_unsupported: row('unprocessable', 'This plan needs a newer engine.', 'Publish the flow again.'),
  items_limit_exceeded: row('unprocessable', 'The list has more items than one loop may run.', 'Split the list.'),
  reply_already_sent: row(
    'unprocessable',
    'The run has answered already.',
    'Let only one Respond step run on each way through the flow.',
  ),
  flow_stopped: row('unprocessable', 'The flow was stopped by a Stop step.', 'See the message of the step.'),
} satisfies Record<string, ErrorCodeRow>;

/** Codes of runs and triggers. */
const runCodes = {
  run_not_found: row('not-found', 'There is no such run.', 'Choose another run.'),
  run_already_closed: row('conflict', 'The run has ended already.', 'Nothing needs to be done.'),
  run_cancelled: row('conflict', 'The run was cancelled.', 'Start it again if it is still needed.'),
  run_terminated: row('conflict', 'The run was ended by force.', 'Check what its steps did, then start it again.'),
  run_input_invalid: row(
    'invalid',
    'The input does not fit the schema of the flow.',
    'Correct the fields named in details.',
  ),
  run_step_not_found: row('not-found', 'The run has no such step.', 'Choose a step of this run.'),
  call_too_deep: row(
    'unprocessable',
    'Flows call each other too deeply.',
    'Look for a flow that calls itself through its own connector.',
  ),
  run_failed: row('unprocessable', 'The run failed.', 'Open the run to see which step failed and why.'),
  webhook_not_found: row('not-found', 'There is no such webhook.', 'Copy the address from the trigger of the flow.'),
  webhook_signature_invalid: row(
    'unauthenticated',
    'The signature or secret is wrong.',
    'Sign the raw body with the secret of the webhook.',
  ),
  webhook_body_too_large: row('too-large', 'The body is larger than the webhook accepts.', 'Send a smaller body.'),
} satisfies Record<string, ErrorCodeRow>;

/** Every error code of Patchbay. `docs/errors.md` lists exactly these. */
export const errorCodes = {
  ...generalCodes,
  ...connectorCodes,
  ...connectionCodes,
  ...operationCodes,
  ...flowCodes,
  ...runCodes,
} as const;

/** A code of the table {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes;

/** Guards an untrusted string (from a payload or another process). */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}
