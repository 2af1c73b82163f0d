/** A real OAuth2 authorization server (oidc-provider) on this machine, with one client. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

/** The running server. */
export interface OidcServer {
  readonly url: string;
  readonly client: { readonly client_id: string; readonly client_secret: string };
  /** Grant types of the token requests it answered, in order. */
  readonly grants: string[];
  /** Bodies of those requests. */
  readonly forms: URLSearchParams[];
  /** From then on every token request is answered with `invalid_grant`, in front of the real server; with `false` no more. */
  refuseTokens(isRefusing?: boolean): void;
  /** Takes a token back before its time, as an administrator of the external system does. */
  revoke(token: string): Promise<void>;
  /** True if it gave this token and it has not ended. */
  knows(token: string): Promise<boolean>;
  /** What a browser does at the authorization address: signs in, agrees; gives the address it is sent back to. */
  agree(authorizeUrl: string): Promise<string>;
  close(): Promise<void>;
}

const client = { client_id: 'patchbay', client_secret: 'planted-oidc-secret-3b7e' };

/** Starts it; `redirectUri` is the only one it sends people back to. */
export async function startOidc(redirectUri: string): Promise<OidcServer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const provider = new Provider(url, configuration(redirectUri));
  const grants: string[] = [];
  const forms: URLSearchParams[] = [];
  let isRefusing = false;
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path !== '/token') return;
    const params = ctx.oidc.params ?? {};
    grants.push(String(params['grant_type']));
    forms.push(new URLSearchParams(params as Record<string, string>));
  });
  const callback = provider.callback();
  server.on('request', (request, response) => {
    if (request.url === '/token' && isRefusing) {
      request.resume();
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
      return;
    }
    void callback(request, response);
  });
  return {
    url,
    client,
    grants,
    forms,
    refuseTokens: (refuses = true) => {
      isRefusing = refuses;
    },
    knows: async (token) => {
      const [access, machine] = [await provider.AccessToken.find(token), await provider.ClientCredentials.find(token)];
      return access !== undefined || machine !== undefined;
    },
    revoke: async (token) => {
      await (await provider.AccessToken.find(token))?.destroy();
      await (await provider.ClientCredentials.find(token))?.destroy();
    },
    agree: (authorizeUrl) => agree(authorizeUrl, redirectUri),
    close: () => close(server),
  };
}

function configuration(redirectUri: string): Configuration {
  return {
    clients: [
      {
        ...client,
        grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
        redirect_uris: [redirectUri],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: true } },
    scopes: ['openid', 'offline_access', 'read', 'write'],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: () => Promise.resolve(true),
    // Shorter than a minute: every use needs a refresh.
    ttl: { AccessToken: 30, ClientCredentials: 600, Session: 600, Interaction: 600, Grant: 600, RefreshToken: 600 },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  };
}

/** Follows redirects and submits the two forms of the development pages, with cookies, until the browser would leave. */
async function agree(authorizeUrl: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next: { url: string; form?: URLSearchParams } = { url: authorizeUrl };
  for (let step = 0; step < 12; step += 1) {
    const answer = await fetch(next.url, {
      method: next.form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.form && { body: next.form }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location?.startsWith(redirectUri)) return location;
    next = location === null ? toForm(await answer.text(), next.url) : { url: new URL(location, next.url).href };
  }
  throw new Error('The authorization server did not send the browser back.');
}

function toForm(page: string, url: string): { url: string; form: URLSearchParams } {
  const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
  const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
  if (action === undefined || prompt === undefined) throw new Error(`No form on the page: ${page.slice(0, 2_000)}`);
  const form = new URLSearchParams({ prompt, ...(prompt === 'login' && { login: 'ada', password: 'any' }) });
  return { url: new URL(action, url).href, form };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}
