import type {
  AuditEntry,
  Connection,
  Connector,
  ConnectorSummary,
  FlowSummary,
  RunSummary,
  Session,
  TenantView,
} from '@patchbay/api-contract/client';

/** Sample data of the fake API: the company of the reference pictures. All times hang on the given `now`. */
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export const before = (now: number, ms: number): string => new Date(now - ms).toISOString();

const stored = (id: string, now: number, ageMs: number) => ({
  id,
  created: before(now, ageMs + 30 * dayMs),
  updated: before(now, ageMs),
  revision: 3,
});

const svg = (body: string): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#12625E" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</svg>`)}`;

const warehouse = svg(
  '<path d="M18 21V10a1 1 0 0 0-1-1H7a1 1 0 0 0-1 1v11"/><path d="M22 19a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V8a2 2 0 0 1 1.132-1.803l7.95-3.974a2 2 0 0 1 1.837 0l7.948 3.974A2 2 0 0 1 22 8z"/><path d="M6 13h12"/><path d="M6 17h12"/>',
);
const database = svg(
  '<ellipse cx="12" cy="5" rx="9" ry="3"/><path d="M3 5V19A9 3 0 0 0 21 19V5"/><path d="M3 12A9 3 0 0 0 21 12"/>',
);
const mail = svg(
  '<path d="m22 7-8.991 5.727a2 2 0 0 1-2.009 0L2 7"/><rect x="2" y="4" width="20" height="16" rx="2"/>',
);

export function fakeSession(now: number): Session {
  return {
    user: {
      ...stored('u1', now, dayMs),
      email: 'mara@northwind.example',
      name: 'Mara Lindt',
      role: 'enterprise_admin',
      platformAdmin: true,
      hasPassword: true,
    },
    tenant: {
      id: 't1',
      name: 'Northwind',
      features: { custom_connectors: true, sdk_access: true, review_required: false },
      limits: { custom_connectors: null },
    },
    expires: before(now, -7 * dayMs),
  };
}

/** The tenant of the session, as the list of tenants shows it. */
export function fakeTenant(now: number): TenantView {
  const { created, updated, revision } = stored('t1', now, dayMs);
  return { ...fakeSession(now).tenant, created, updated, revision, user_count: 4, connector_count: 3 };
}

export function fakeAudit(now: number): AuditEntry[] {
  const target = { kind: 'connector', id: 'k1', name: 'Stockroom' };
  const entry = { actor: 'mara@northwind.example', tenant: 't1', target, details: {} };
  return [
    {
      ...entry,
      id: 'a2',
      at: before(now, minuteMs),
      action: 'connector_publish',
      version: '2.1.0',
      from: 'ready',
      to: 'published',
    },
    { ...entry, id: 'a1', at: before(now, dayMs), action: 'connector_create', to: 'draft', reason: 'For the stores.' },
  ];
}

const history = (seed: number, failed: number) =>
  Array.from({ length: 14 }, (_, day) => ({
    day: `2026-11-${String(day + 8).padStart(2, '0')}`,
    succeeded: 20 + ((seed * 7 + day * 13) % 31),
    failed: day === 13 ? failed : 0,
  }));

export function fakeFlows(now: number): FlowSummary[] {
  const flow = (
    [id, name, state, triggerKind, ageMs, failed]: [string, string, FlowSummary['state'], string, number, number],
    index: number,
  ): FlowSummary => ({
    ...stored(id, now, ageMs),
    name,
    description: '',
    state,
    triggerKind,
    stepCount: 8,
    connectors: ['http', 'postgres'],
    updatedBy: index % 2 === 0 ? 'Mara Lindt' : 'Jonas Reh',
    ...(state === 'draft' ? {} : { publishedVersion: 14 - index }),
    ...(state === 'draft'
      ? {}
      : {
          lastRun: {
            id: `r${index}`,
            state: failed > 0 ? 'failed' : 'succeeded',
            started: before(now, ageMs + 90_000),
          },
        }),
    history: state === 'draft' ? [] : history(index, failed),
  });
  const rows: [string, string, FlowSummary['state'], string, number, number][] = [
    ['f1', 'Order intake', 'live_with_changes', 'webhook', 2 * minuteMs, 9],
    ['f2', 'Nightly stock sync', 'live', 'manual', dayMs, 0],
    ['f3', 'Lead to CRM', 'live', 'webhook', 2 * dayMs, 0],
    ['f4', 'Refund approval', 'draft', 'manual', 2 * dayMs, 0],
    ['f5', 'Invoice reminder', 'live', 'webhook', 9 * dayMs, 0],
    ['f6', 'Shop export', 'off', 'manual', 20 * dayMs, 0],
  ];
  return rows.map(flow);
}

export function fakeRuns(now: number): RunSummary[] {
  const rows: [RunSummary['state'], string, number, number, string?][] = [
    ['failed', 'Order intake', 2, 48_200, 'Reserve item'],
    ['succeeded', 'Order intake', 6, 1_200],
    ['running', 'Nightly stock sync', 8, 0],
    ['failed', 'Order intake', 9, 13_400, 'Reserve item'],
    ['running', 'Lead to CRM', 10, 0],
    ['succeeded', 'Order intake', 12, 1_400],
    ['cancelled', 'Shop export', 30, 7_000],
    ['succeeded', 'Invoice reminder', 44, 3_800],
    ['queued', 'Lead to CRM', 45, 0],
    ['succeeded', 'Lead to CRM', 60, 1_100],
  ];
  return rows.map(([state, flowName, minutes, durationMs, failedStep], index) => ({
    id: `01JRUN${String(8812 - index)}`,
    flowId: flowName === 'Order intake' ? 'f1' : 'f3',
    flowName,
    state,
    isTest: index === 7,
    triggerKind: flowName === 'Shop export' ? 'manual' : 'webhook',
    started: before(now, minutes * minuteMs),
    ...(index === 7 ? {} : { flowVersion: 14 }),
    ...(durationMs > 0 ? { durationMs, ended: before(now, minutes * minuteMs - durationMs) } : {}),
    ...(failedStep === undefined
      ? {}
      : {
          failedStep,
          error: {
            code: 'remote_bad_request',
            message: 'Stockroom refuses quantity 0.',
            retryable: false,
            attempts: 4,
            stepPath: 'reserve_item',
          },
        }),
  }));
}

const card = (
  now: number,
  fields: Pick<ConnectorSummary, 'slug' | 'name' | 'description' | 'category' | 'authTypes' | 'runtime'> & {
    dataUri: string;
    tile: string;
    stage?: ConnectorSummary['stage'];
  },
): ConnectorSummary => {
  const { dataUri, tile, stage = 'published', ...rest } = fields;
  return {
    ...stored(fields.slug, now, 3 * dayMs),
    ...rest,
    type: 'General',
    tags: [],
    icon: dataUri,
    image: { dataUri, tile },
    version: '2.1.0',
    stage,
    visibility: 'catalogue',
    enabled: true,
    builtin: true,
    operationCount: 4,
    usedByCount: fields.slug === 'stockroom' ? 2 : 0,
    ...{ owned: false, vendor: 'Patchbay', connection_count: 0, has_draft: false, path_hierarchy: false },
    ...{ assets: { icons: {} }, oauth_connect_implemented: false, processor: { enabled: false } },
    ...{ origin: { kind: 'builtin' }, slug_locked: true, price: 'free', availability: 'default', actions: {} },
  };
};

export function fakeConnectors(now: number): ConnectorSummary[] {
  return [
    card(now, {
      slug: 'stockroom',
      name: 'Stockroom',
      description: 'Reserve, confirm and release stock in every Northwind store.',
      category: 'Commerce',
      authTypes: ['api_key'],
      runtime: 'declarative',
      dataUri: warehouse,
      tile: 'teal',
    }),
    card(now, {
      slug: 'postgres',
      name: 'PostgreSQL',
      description: 'Query, insert and update rows with bound parameters.',
      category: 'Databases',
      authTypes: ['custom'],
      runtime: 'node',
      dataUri: database,
      tile: 'blue',
    }),
    card(now, {
      slug: 'smtp',
      name: 'E-mail (SMTP)',
      description: 'Send mail through any SMTP server.',
      category: 'Mail and chat',
      authTypes: ['custom', 'none'],
      runtime: 'node',
      dataUri: mail,
      tile: 'violet',
    }),
    card(now, {
      slug: 'sheets',
      name: 'Sheets',
      description: 'Read and write rows of a sheet.',
      category: 'Files',
      authTypes: ['bearer'],
      runtime: 'declarative',
      dataUri: database,
      tile: 'green',
      stage: 'deprecated',
    }),
  ];
}

function versionOf(
  version: string,
  stage: ConnectorSummary['stage'],
  published: string,
): Connector['versions'][number] {
  const facets = { review: 'none', unlisted: false, has_pending_changes: false, notes: '', actions: {} } as const;
  return {
    version,
    stage,
    ...facets,
    revision: 1,
    visibility: 'catalogue',
    definition_hash: '',
    created: published,
    published,
  };
}

export function fakeConnector(now: number): Connector {
  const [summary] = fakeConnectors(now);
  if (summary === undefined) throw new Error('the fake has a first connector');
  const text = { type: 'string' };
  return {
    ...summary,
    integrity: 'sha512-fake',
    ...{ review: 'none', has_pending_changes: false, test_results: [], checklist: [] },
    versions: [
      versionOf('2.1.0', 'published', before(now, 3 * dayMs)),
      versionOf('2.0.3', 'published', before(now, 50 * dayMs)),
      versionOf('1.9.3', 'deprecated', before(now, 190 * dayMs)),
    ],
    manifest: {
      $schema: 'https://patchbay.dev/schemas/connector/2026-11-01.json',
      id: '@patchbay/connector-stockroom',
      slug: 'stockroom',
      version: '2.1.0',
      name: 'Stockroom',
      description: summary.description,
      type: 'General',
      category: 'Commerce',
      tags: [],
      license: 'Apache-2.0',
      icon: { dataUri: warehouse, tile: 'teal' },
      runtime: 'declarative',
      baseUrl: 'https://api.stockroom.example/v2',
      egress: { hosts: ['*.stockroom.example'], isUserProvided: false },
      auth: [
        {
          type: 'api_key',
          parameter: 'X-Api-Key',
          location: 'header',
          prefix: '',
          field: 'api_key',
          fields: [
            {
              name: 'account',
              label: 'Account',
              type: 'string',
              required: true,
              sensitive: false,
              help: 'The name before @stockroom.example.',
            },
            {
              name: 'api_key',
              label: 'API key',
              type: 'password',
              required: true,
              sensitive: true,
              help: 'Settings, then API keys, in your Stockroom account.',
            },
          ],
        },
      ],
      connectionTest: { operation: 'listStores' },
      operations: [
        {
          name: 'listStores',
          title: 'List stores',
          description: 'All stores of the company.',
          effect: 'read',
          input: { type: 'object', properties: {} },
          output: { type: 'array', items: { type: 'object', properties: { id: text, name: text } } },
          ui: {},
          request: { method: 'GET', path: '/stores', parameters: [], headers: {}, query: {} },
          errors: [],
          samples: [],
        },
        {
          name: 'reserveStock',
          title: 'Reserve stock',
          description: 'Holds a quantity of an item for an order.',
          effect: 'keyed',
          input: {
            type: 'object',
            required: ['sku', 'quantity'],
            properties: {
              sku: { ...text, description: 'Stock number.' },
              quantity: { type: 'integer', minimum: 1 },
              reference: text,
              hold_until: { type: 'string', format: 'date-time' },
            },
          },
          output: {
            type: 'object',
            properties: {
              reservation: {
                type: 'object',
                properties: { id: text, expires_at: { type: 'string', format: 'date-time' } },
              },
              remaining: { type: 'integer' },
            },
          },
          ui: {},
          request: { method: 'POST', path: '/stores/{store}/reservations', parameters: [], headers: {}, query: {} },
          errors: [],
          samples: [],
        },
      ],
      resilience: {
        timeoutMs: 30_000,
        maxRetries: 3,
        retryDelayMs: 1_000,
        backoff: 'exponential',
        rateLimitPerMinute: 60,
        circuitBreakerThreshold: 5,
        circuitBreakerRecoveryMs: 30_000,
      },
      docs: '## Before you start\n\nYou need an account with the role **Clerk**. See [the manual](https://stockroom.example/docs).\n\n- One connection per store\n- Keys end after *90 days*\n\n```\ncurl https://api.stockroom.example/v2/stores\n```\n\n<img src=x onerror=alert(1)> stays text.\n',
      changelog: [
        { version: '2.1.0', kind: 'feature', text: 'Hold until can be set.' },
        { version: '2.0.3', kind: 'fix', text: 'Names of bins are text.' },
      ],
    },
  };
}

export function fakeConnections(now: number): Connection[] {
  const [stockroom, postgres, smtp] = fakeConnectors(now);
  const rows: [string, ConnectorSummary | undefined, Partial<Connection>][] = [
    [
      'CRM production',
      smtp,
      { authorization: 'reauth_required', healthMessage: 'The external system refused the credentials.' },
    ],
    ['Hamburg store', stockroom, { health: 'healthy', credentials: { account: 'HH-1', api_key: '******' } }],
    [
      'Orders database',
      postgres,
      {
        health: 'healthy',
        authType: 'custom',
        credentials: { host: '127.0.0.1', user: 'patchbay_rw', password: '******' },
      },
    ],
    [
      'Plant 1',
      postgres,
      { health: 'offline', authType: 'custom', healthMessage: 'The external system cannot be reached.' },
    ],
    ['Supplier files', stockroom, { enabled: false }],
  ];
  return rows.map(([name, connector, rest], index) => ({
    ...stored(`c${index + 1}`, now, (index + 1) * 60 * minuteMs),
    name,
    connector: {
      slug: connector?.slug ?? '',
      name: connector?.name ?? '',
      icon: { dataUri: connector?.image.dataUri ?? '', tile: connector?.image.tile ?? 'slate' },
    },
    authType: 'api_key',
    credentials: {},
    enabled: true,
    authorization: 'authorized',
    health: 'unchecked',
    lastUsed: before(now, (index * 4 + 1) * minuteMs),
    usedBy: index === 1 ? [{ flowId: 'f1', flowName: 'Order intake', step: 'Reserve item' }] : [],
    ...rest,
  }));
}
