/** Method and path of every route by its operation id. Plain data: the client in the browser needs no schema. */
export const routePaths = {
  signIn: ['POST', '/session/'],
  signInByLink: ['POST', '/session/_link'],
  getSession: ['GET', '/session/'],
  setPassword: ['POST', '/session/_password'],
  signOut: ['DELETE', '/session/'],
  searchUsers: ['GET', '/user/_search'],
  createUser: ['POST', '/user/'],
  createSignInLink: ['POST', '/user/:id/_link'],
  searchTokens: ['GET', '/token/_search'],
  createToken: ['POST', '/token/'],
  deleteToken: ['DELETE', '/token/:id'],
  searchConnectors: ['GET', '/connector/_search'],
  getConnector: ['GET', '/connector/:id'],
  getConnectorVersion: ['GET', '/connector/:id/version/:version'],
  searchMarketplace: ['GET', '/marketplace/_search'],
  getMarketplaceListing: ['GET', '/marketplace/:id'],
  searchConnections: ['GET', '/connection/_search'],
  createConnection: ['POST', '/connection/'],
  getConnection: ['GET', '/connection/:id'],
  updateConnection: ['PUT', '/connection/:id'],
  deleteConnection: ['DELETE', '/connection/:id'],
  testConnection: ['POST', '/connection/:id/_test'],
  searchFlows: ['GET', '/flow/_search'],
  createFlow: ['POST', '/flow/'],
  importFlow: ['POST', '/flow/_import'],
  getFlow: ['GET', '/flow/:id'],
  updateFlow: ['PUT', '/flow/:id'],
  deleteFlow: ['DELETE', '/flow/:id'],
  exportFlow: ['GET', '/flow/:id/_export'],
  validateFlow: ['POST', '/flow/:id/_validate'],
  publishFlow: ['POST', '/flow/:id/_publish'],
  enableFlow: ['POST', '/flow/:id/_enable'],
  disableFlow: ['POST', '/flow/:id/_disable'],
  testStep: ['POST', '/flow/:id/_test_step'],
  searchFlowVersions: ['GET', '/flow/:id/version/_search'],
  getFlowVersion: ['GET', '/flow/:id/version/:number'],
  startRun: ['POST', '/run/'],
  searchRuns: ['GET', '/run/_search'],
  getRunStats: ['GET', '/run/_stats'],
  getRun: ['GET', '/run/:id'],
  getRunStep: ['GET', '/run/:id/_step'],
  cancelRun: ['POST', '/run/:id/_cancel'],
} as const satisfies Record<string, readonly ['GET' | 'POST' | 'PUT' | 'DELETE', string]>;

/** Operation id of a route. */
export type RouteId = keyof typeof routePaths;

/** `[method, path]` of a route; `:name` stands for a path parameter. */
export type RoutePath = (typeof routePaths)[RouteId];

/** Server-sent events of a run: `event: run` with a Run body on each change, `event: end` when it has ended. */
export const runEventsPath = '/run/:id/_events';

/** Webhooks accept GET and POST here. */
export const webhookPath = '/hook/:token';
