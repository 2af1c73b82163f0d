import { clearSessionCookie, setSessionCookie } from '../app/principal.ts';
import type { RouteHandlers } from '../app/route-handler.ts';
import type { HandlerDeps } from './deps.ts';

type SessionRoutes = 'signIn' | 'signInByLink' | 'getSession' | 'setPassword' | 'signOut';

/** Signing in and out. */
export function sessionHandlers(deps: HandlerDeps): RouteHandlers<SessionRoutes> {
  const { identity, sessions } = deps;
  return {
    async signIn({ body, request, reply }) {
      const signedIn = await identity.signIn({ ...body, address: request.ip });
      setSessionCookie(reply, sessions, signedIn);
      return signedIn.session;
    },
    async signInByLink({ body, request, reply }) {
      const signedIn = await identity.signInByLink({ ...body, address: request.ip });
      setSessionCookie(reply, sessions, signedIn);
      return signedIn.session;
    },
    getSession: ({ principal }) => identity.getSession(principal),
    setPassword: ({ principal, body }) => identity.setPassword(principal, body),
    async signOut({ principal, reply }) {
      const answer = await identity.signOut(principal);
      clearSessionCookie(reply, sessions);
      return answer;
    },
  };
}
