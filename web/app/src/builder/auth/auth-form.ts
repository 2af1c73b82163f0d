import type { AuthDefinition } from '@patchbay/manifest';
import type { BuilderSession } from '../shell/builder-session.ts';

/** What the parts of the tab share: the scheme that is edited, and how it is changed. */
export interface AuthForm<Scheme extends AuthDefinition = AuthDefinition> {
  readonly session: BuilderSession;
  readonly scheme: Scheme;
  /** Inputs are read-only. */
  readonly isOff: boolean;
  /** Merges into the scheme; undefined removes a field. */
  readonly change: (patch: Partial<Scheme>, mergeKey: string) => void;
}

/** Message of the server about a part of the scheme. */
export const authError = ({ session }: Pick<AuthForm, 'session'>, path: string): string | undefined =>
  session.errorFor(`/auth_scheme/${path}`);
