import type { RouteHandlers } from '../app/route-handler.ts';
import type { HandlerDeps } from './deps.ts';

type UserRoutes =
  'searchUsers' | 'createUser' | 'updateUser' | 'createSignInLink' | 'searchTokens' | 'createToken' | 'deleteToken';

/** Address of the app that a one-time link opens. */
export function signInLink(publicUrl: string, linkToken: string): string {
  return `${publicUrl}/app/sign-in?token=${encodeURIComponent(linkToken)}`;
}

/** Users and API tokens. */
export function userHandlers({ identity, publicUrl }: HandlerDeps): RouteHandlers<UserRoutes> {
  return {
    searchUsers: ({ principal, query }) => identity.searchUsers(principal, query),
    async createUser({ principal, body }) {
      const { linkToken, revision = 1, ...created } = await identity.createUser(principal, body);
      return { ...created, revision, signInLink: signInLink(publicUrl, linkToken) };
    },
    updateUser: ({ principal, params, body, revision }) =>
      identity.updateUser(principal, { id: params.id, body, revision }),
    async createSignInLink({ principal, params }) {
      const { linkToken, ...created } = await identity.createSignInLink(principal, params.id);
      return { ...created, signInLink: signInLink(publicUrl, linkToken) };
    },
    searchTokens: ({ principal, query }) => identity.searchTokens(principal, query),
    createToken: ({ principal, body }) => identity.createToken(principal, body),
    deleteToken: ({ principal, params }) => identity.deleteToken(principal, params.id),
  };
}
