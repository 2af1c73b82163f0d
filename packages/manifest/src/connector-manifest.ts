import { z } from 'zod';
import { JsonSchemaSchema } from './json-schema.ts';

/** Dated id of this generation of the manifest; a connector.json carries it as `$schema`. */
export const manifestSchemaId = 'https://patchbay.dev/schemas/connector/2026-11-01.json';

/** Categories of the systems a connector may talk to (DI-07). */
export const connectorTypes = ['General', 'OEM', 'DMS', 'CRM', 'Finance', 'Telematics', 'Logistics'] as const;

/** URL-safe identifier of a connector: in URLs, flow documents and package names. */
export const SlugSchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'Small letters, digits and single hyphens, starting with a letter.')
  .max(60)
  .meta({ id: 'Slug' });

/** Exact semantic version. */
export const VersionSchema = z
  .string()
  .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, 'An exact version such as 1.2.3.')
  .meta({ id: 'Version' });

/** What repeating a call does to the other system; decides retries, fast mode and what a crash means. */
export const EffectSchema = z
  .enum(['read', 'idempotent', 'keyed', 'once'])
  .describe(
    'read: changes nothing. idempotent: repeating gives the same state. keyed: repeating with the same idempotency key is recognised. once: must not be repeated.',
  );

/** One field of the credential form (DI-21 to DI-31). */
export const CredentialFieldSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9_]*$/)
    .max(60),
  label: z.string().min(1).max(120),
  type: z.enum(['string', 'password']),
  required: z.boolean().default(true),
  /** Encrypted and masked. A password is always sensitive. */
  sensitive: z.boolean().default(false),
  help: z.string().max(2_000).optional(),
  default: z.string().optional(),
});

/** How the credentials of a connection reach the external system. */
export const AuthSchemeSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('none'), fields: z.array(CredentialFieldSchema).default([]) }),
    z.strictObject({
      type: z.literal('api_key'),
      fields: z.array(CredentialFieldSchema).min(1),
      /** Name of the header or query parameter. */
      parameter: z.string().min(1).max(120),
      location: z.enum(['header', 'query']),
      /** Put before the key as it stands; may be empty. */
      prefix: z.string().max(60).default(''),
      /** Credential field that holds the key. */
      field: z.string().default('api_key'),
      /** Further keys that every call carries, with the same prefix. */
      more: z
        .array(
          z.strictObject({
            parameter: z.string().min(1).max(120),
            location: z.enum(['header', 'query']),
            field: z.string().max(60),
          }),
        )
        .max(9)
        .optional(),
    }),
    z.strictObject({
      type: z.literal('basic'),
      fields: z.array(CredentialFieldSchema).min(2),
      usernameField: z.string().default('username'),
      passwordField: z.string().default('password'),
    }),
    z.strictObject({
      type: z.literal('bearer'),
      fields: z.array(CredentialFieldSchema).min(1),
      field: z.string().default('token'),
    }),
    /** A token is fetched, kept and refreshed by the vault; the call carries it as `Bearer` (DI-19). */
    z.strictObject({
      type: z.literal('oauth2'),
      fields: z.array(CredentialFieldSchema).default([]),
      grantType: z.enum(['client_credentials', 'authorization_code']),
      /** Whose application it is: client id and secret of the connector's settings, or of each connection. */
      heldBy: z.enum(['connection', 'connector']).default('connection'),
      clientIdField: z.string().default('client_id'),
      clientSecretField: z.string().default('client_secret'),
      authorizeUrl: z.url().optional(),
      /** Absent: the credential field `token_url` holds it. */
      tokenUrl: z.url().optional(),
      refreshUrl: z.url().optional(),
      scopes: z.array(z.string()).default([]),
      scopeDelimiter: z.enum([' ', ',', '+']).default(' '),
    }),
    /** The plugin itself uses the credential (database drivers, SMTP); only the `node` runtime may declare it. */
    z.strictObject({ type: z.literal('custom'), fields: z.array(CredentialFieldSchema).min(1) }),
  ])
  .meta({ id: 'AuthScheme' });

/** The seven settings of requirements DI-51 to DI-57 with their defaults. */
export const ResilienceSchema = z
  .strictObject({
    timeoutMs: z.number().int().min(100).max(86_400_000).default(30_000),
    maxRetries: z.number().int().min(0).max(100).default(3),
    retryDelayMs: z.number().int().min(0).max(3_600_000).default(1_000),
    backoff: z.enum(['none', 'linear', 'exponential']).default('exponential'),
    rateLimitPerMinute: z.number().int().min(1).max(1_000_000).default(60),
    circuitBreakerThreshold: z.number().int().min(1).max(1_000).default(5),
    circuitBreakerRecoveryMs: z.number().int().min(1_000).max(86_400_000).default(30_000),
  })
  .meta({ id: 'Resilience' });

/** One parameter of a declarative operation. Its value comes from the input field of the same name. */
export const ParameterSchema = z.strictObject({
  name: z.string().min(1).max(120),
  location: z.enum(['query', 'path', 'header', 'body']),
  /** Name on the wire when it differs from the input field. */
  wireName: z.string().optional(),
  /** How a list or object is written, as OpenAPI 3 names it; absent: `form` and exploded in the query, `simple` elsewhere. */
  style: z.enum(['form', 'simple', 'label', 'matrix', 'spaceDelimited', 'pipeDelimited', 'deepObject']).optional(),
  explode: z.boolean().optional(),
});

/** A declarative request: no code. Parameters of location `body` form the JSON body. */
export const RequestSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']),
  /** Appended to the base URL; `{name}` is filled and URL-encoded from a path parameter. */
  path: z.string().startsWith('/').max(2_000),
  parameters: z.array(ParameterSchema).default([]),
  /** Sent with every call, after nothing else set them. */
  headers: z.record(z.string(), z.string()).default({}),
  /** Fixed query parameters, for example `format=json`. */
  query: z.record(z.string(), z.string()).default({}),
  /** The whole body is the value of one input field; then there are no parameters of location `body`. */
  body: z.strictObject({ field: z.string().min(1).max(120), contentType: z.string().min(1).max(120) }).optional(),
  /**
   * Where the idempotency key of the step goes. Absent: for POST and PATCH that are no reads the header
   * `Idempotency-Key`, else nowhere.
   */
  idempotencyKey: z
    .strictObject({ location: z.enum(['header', 'query', 'body']), name: z.string().min(1).max(120) })
    .optional(),
  /** JSON pointer into the answer that becomes the output; absent: the whole answer. */
  outputPointer: z.string().optional(),
});

/** Remote status codes or body values that mean something special. */
export const ErrorMappingSchema = z.strictObject({
  status: z.number().int().min(100).max(599),
  /** Applies only if this JSON pointer finds something in the answer; makes an error of a failure sent with status 200. */
  bodyPointer: z.string().startsWith('/').optional(),
  /** Where the answer holds the remote's own words about the error. */
  messagePointer: z.string().startsWith('/').optional(),
  /** Our code, for example `remote_conflict`. */
  code: z.string(),
  message: z.string().optional(),
  retryable: z.boolean().optional(),
});

/** One thing a connector can do. Input and output are JSON Schemas: form, check and docs come from them. */
export const OperationSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-zA-Z0-9_]*$/)
      .max(80),
    title: z.string().min(1).max(120),
    description: z.string().max(4_000).default(''),
    effect: EffectSchema,
    input: JsonSchemaSchema,
    output: JsonSchemaSchema,
    /** UI hints by JSON pointer of the input field. */
    ui: z
      .record(
        z.string(),
        z.strictObject({
          widget: z.enum(['text', 'multiline', 'code', 'secret', 'key_value', 'json', 'duration']).optional(),
          isAdvanced: z.boolean().optional(),
          placeholder: z.string().optional(),
        }),
      )
      .default({}),
    request: RequestSchema.optional(),
    errors: z.array(ErrorMappingSchema).default([]),
    samples: z.array(z.strictObject({ input: JsonSchemaSchema, output: z.unknown().optional() })).default([]),
    resilience: ResilienceSchema.partial().optional(),
    deprecated: z.strictObject({ message: z.string(), replacedBy: z.string().optional() }).optional(),
  })
  .meta({ id: 'Operation' });

/**
 * How a connector gives its data as records, page by page (CO-01, CO-51x): it names an operation of effect `read` that gives one page,
 * and says where in its output the records and the cursor of the next page stand.
 */
export const ProcessorSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]*$/, 'Small letters, digits, - and _, starting with a letter or digit.')
      .max(120),
    title: z.string().min(1).max(120),
    description: z.string().max(4_000).default(''),
    operation: z.string(),
    /** Finds the list of records in the output of the operation. */
    recordsPointer: z.string().max(500),
    /** Finds, inside a record, the id that stays the same from one reading to the next (CO-63x). */
    idPointer: z.string().max(500).optional(),
    /** Absent: one call gives all there is. */
    page: z
      .strictObject({
        /** Finds the cursor of the next page in the output; nothing, null or an empty text there: it was the last page. */
        cursorPointer: z.string().max(500),
        /** Input field that takes the cursor. */
        cursorField: z.string().min(1).max(120),
      })
      .optional(),
  })
  .meta({ id: 'Processor' });

/** All that can be known about a connector version without running it; the `connector.json` of its package. */
export const ConnectorManifestSchema = z
  .strictObject({
    $schema: z.literal(manifestSchemaId),
    /** npm name of the package. */
    id: z.string().min(1).max(214),
    slug: SlugSchema,
    version: VersionSchema,
    name: z.string().trim().min(1).max(120),
    description: z.string().max(4_000),
    type: z.enum(connectorTypes).default('General'),
    category: z.string().max(60).default('Other'),
    tags: z.array(z.string().max(40)).max(20).default([]),
    documentationUrl: z.url().optional(),
    license: z.string().default('Apache-2.0'),
    /** SVG or PNG as a data URI, and the tile colour of web tokens (`slate`, `blue`, …). */
    icon: z.strictObject({
      dataUri: z.string().startsWith('data:image/').max(65_536),
      tile: z.string().default('slate'),
    }),
    /** `flow`: its operation runs a flow version of the owner (a component published as a connector). */
    runtime: z.enum(['declarative', 'sandbox', 'node', 'flow']),
    /** What `runtime: flow` runs; the version is exact. */
    flow: z
      .strictObject({
        flowId: z.string(),
        flowVersionId: z.string(),
        tenantId: z.string(),
        /** Input field that is the whole body; absent: the input is the body. */
        bodyField: z.string().optional(),
      })
      .optional(),
    /** Entry of the bundle inside the package; absent for `declarative`. */
    entry: z.string().optional(),
    /** Root URL of all calls of a declarative connector; `{{field}}` may name a non-sensitive credential field. */
    baseUrl: z.string().optional(),
    egress: z
      .strictObject({
        /** Exact host, `*.suffix`, or `*` for a connector whose user gives the URL. */
        hosts: z.array(z.string()).default([]),
        /** The host comes from the user (connection field or input), still guarded against private addresses. */
        isUserProvided: z.boolean().default(false),
      })
      .prefault({}),
    auth: z.array(AuthSchemeSchema).min(1),
    /** Operation that proves a connection works; called with an empty input. */
    connectionTest: z.strictObject({ operation: z.string() }).optional(),
    operations: z.array(OperationSchema),
    // The two below have no default: a manifest without them keeps its digest.
    /** Ways to fetch the data of the connector as records. */
    processors: z.array(ProcessorSchema).max(20).optional(),
    /** What of the machine its code may use beside the network. */
    permissions: z
      .strictObject({
        /** `read`: files of the folder that the installation gives to the calling tenant, and no others. */
        files: z.enum(['none', 'read']).default('none'),
      })
      .optional(),
    resilience: ResilienceSchema.prefault({}),
    docs: z.string().max(65_536).default('').describe('Markdown page of the connector.'),
    changelog: z
      .array(z.strictObject({ version: VersionSchema, kind: z.enum(['breaking', 'feature', 'fix']), text: z.string() }))
      .default([]),
  })
  .meta({ id: 'ConnectorManifest' });

export type ConnectorManifest = z.infer<typeof ConnectorManifestSchema>;
/** A manifest as an author writes it: fields with a default may be absent. */
export type ConnectorManifestInput = z.input<typeof ConnectorManifestSchema>;
export type RequestTemplate = z.infer<typeof RequestSchema>;
export type Parameter = z.infer<typeof ParameterSchema>;
export type ErrorMapping = z.infer<typeof ErrorMappingSchema>;
export type Operation = z.infer<typeof OperationSchema>;
export type Processor = z.infer<typeof ProcessorSchema>;
export type AuthScheme = z.infer<typeof AuthSchemeSchema>;
export type CredentialField = z.infer<typeof CredentialFieldSchema>;
export type Resilience = z.infer<typeof ResilienceSchema>;
export type Effect = z.infer<typeof EffectSchema>;
export type ConnectorType = (typeof connectorTypes)[number];
