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
  searchConnectorsByPost: ['POST', '/connector/_search'],
  createConnector: ['POST', '/connector/'],
  updateConnector: ['PUT', '/connector/:id'],
  deleteConnector: ['DELETE', '/connector/:id'],
  importConnector: ['POST', '/connector/_import'],
  importIntoConnector: ['POST', '/connector/:id/_import'],
  exportConnector: ['GET', '/connector/:id/_export'],
  previewOpenApi: ['POST', '/connector/_preview_openapi'],
  importOpenApi: ['POST', '/connector/_import_openapi'],
  importOpenApiInto: ['POST', '/connector/:id/_import_openapi'],
  readyConnector: ['POST', '/connector/:id/_ready'],
  publishConnector: ['POST', '/connector/:id/_publish'],
  republishConnector: ['POST', '/connector/:id/_republish'],
  unpublishConnector: ['POST', '/connector/:id/_unpublish'],
  enableConnector: ['POST', '/connector/:id/_enable'],
  disableConnector: ['POST', '/connector/:id/_disable'],
  testConnector: ['POST', '/connector/:id/_test'],
  fetchRecords: ['POST', '/connector/:id/_fetch'],
  getConnectorReferences: ['GET', '/connector/:id/_references'],
  getOperationFields: ['GET', '/connector/:id/_fields'],
  createConnectorVersion: ['POST', '/connector/:id/version'],
  searchConnectorVersions: ['GET', '/connector/:id/version/_search'],
  prereleaseVersion: ['POST', '/connector/:id/version/:version/_prerelease'],
  reviewVersion: ['POST', '/connector/:id/version/:version/_review'],
  blockVersion: ['POST', '/connector/:id/version/:version/_block'],
  unblockVersion: ['POST', '/connector/:id/version/:version/_unblock'],
  deprecateVersion: ['POST', '/connector/:id/version/:version/_deprecate'],
  retireVersion: ['POST', '/connector/:id/version/:version/_retire'],
  searchAudit: ['GET', '/audit/_search'],
  searchTenants: ['GET', '/tenant/_search'],
  getTenant: ['GET', '/tenant/:id'],
  createTenant: ['POST', '/tenant/'],
  updateTenant: ['PUT', '/tenant/:id'],
  updateUser: ['PUT', '/user/:id'],
  searchMarketplace: ['GET', '/marketplace/_search'],
  getMarketplaceListing: ['GET', '/marketplace/:id'],
  searchConnections: ['GET', '/connection/_search'],
  createConnection: ['POST', '/connection/'],
  getConnection: ['GET', '/connection/:id'],
  updateConnection: ['PUT', '/connection/:id'],
  deleteConnection: ['DELETE', '/connection/:id'],
  testConnection: ['POST', '/connection/:id/_test'],
  enableConnection: ['POST', '/connection/:id/_enable'],
  disableConnection: ['POST', '/connection/:id/_disable'],
  authorizeConnection: ['POST', '/connection/:id/_authorize'],
  reauthorizeConnection: ['POST', '/connection/:id/_reauthorize'],
  revokeConnection: ['POST', '/connection/:id/_revoke'],
  invokeConnection: ['POST', '/connection/:id/_invoke'],
  getConnectionReferences: ['GET', '/connection/:id/_references'],
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
  searchFlowBranches: ['GET', '/flow/:id/branch/_search'],
  createFlowBranch: ['POST', '/flow/:id/branch'],
  checkoutFlowBranch: ['POST', '/flow/:id/_checkout'],
  searchApiVersions: ['GET', '/flow/:id/api_version/_search'],
  createApiVersion: ['POST', '/flow/:id/api_version'],
  deployApiVersion: ['POST', '/flow/:id/api_version/:version/_deploy'],
  publishApiVersion: ['POST', '/flow/:id/api_version/:version/_publish'],
  republishApiVersion: ['POST', '/flow/:id/api_version/:version/_republish'],
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

/** Server-sent events of all runs of a tenant: `event: runs` when one of the newest has started or changed its state. */
export const allRunEventsPath = '/run/_events';

/** Where an authorization server sends the browser back to (OAuth2 authorization code). */
export const oauthCallbackPath = '/oauth/callback';

/** Webhooks accept GET and POST here. */
export const webhookPath = '/hook/:token';
/** Address of one deployed API version of the flow; the other one is that of the newest. */
export const webhookVersionPath = '/hook/:token/:version';
