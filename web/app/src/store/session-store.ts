import { isAppError } from '@patchbay/errors';
import type { ApiClient, Role, Session } from '@patchbay/api-contract/client';
import { createSignal, type ReadableSignal } from './signals.ts';

/** Who is signed in. `undefined`: nobody, as far as we know. */
export interface SessionStore {
  readonly session: ReadableSignal<Session | undefined>;
  /** Asks the server; false if nobody is signed in. Throws when the server cannot be asked. */
  load(): Promise<boolean>;
  signIn(email: string, password: string): Promise<void>;
  signInByLink(token: string): Promise<void>;
  setPassword(password: string, current?: string): Promise<void>;
  signOut(): Promise<void>;
  /** The server says the session has ended. */
  forget(): void;
  /** May this person change flows, connections and runs? */
  canEdit(): boolean;
  /** May this person create connectors? The limit of the tenant is not counted (T1). */
  canAuthor(): boolean;
  /** May this person administer the tenant or the platform? */
  canAdminister(): boolean;
}

const editors: readonly Role[] = ['enterprise_admin', 'developer'];
const administrators: readonly Role[] = ['platform_admin', 'enterprise_admin'];

/** Makes the store on a client. */
export function createSessionStore(api: () => ApiClient): SessionStore {
  const session = createSignal<Session | undefined>(undefined);
  const hasRole = (roles: readonly Role[]): boolean => {
    const role = session.get()?.user.role;
    return role !== undefined && roles.includes(role);
  };
  const load = async (): Promise<boolean> => {
    try {
      session.set(await api().call('getSession'));
      return true;
    } catch (error) {
      if (!isAppError(error) || error.kind !== 'unauthenticated') throw error;
      session.set(undefined);
      return false;
    }
  };
  return {
    session,
    load,
    async signIn(email, password) {
      session.set(await api().call('signIn', { body: { email, password } }));
    },
    async signInByLink(token) {
      session.set(await api().call('signInByLink', { body: { token } }));
    },
    async setPassword(password, current) {
      await api().call('setPassword', { body: { password, ...(current === undefined ? {} : { current }) } });
      await load();
    },
    async signOut() {
      await api().call('signOut');
      session.set(undefined);
    },
    forget() {
      session.set(undefined);
    },
    canEdit: () => hasRole(editors),
    canAuthor() {
      const { user, tenant } = session.get() ?? {};
      if (user?.role === 'platform_admin') return true;
      return user?.role === 'enterprise_admin' && tenant !== undefined && isAuthoringOn(tenant.features);
    },
    canAdminister: () => hasRole(administrators) || session.get()?.user.platformAdmin === true,
  };
}

const isAuthoringOn = (features: Session['tenant']['features']): boolean =>
  features.custom_connectors && features.sdk_access;
