import type { Session } from '@patchbay/api-contract/client';
import { errorCodes } from '@patchbay/errors';

/** Why the person may not make a connector, in one or two sentences; undefined: may (requirements 4.5). */
export function whyNotCreate(session: Session | undefined): string | undefined {
  if (session === undefined || session.user.role === 'platform_admin') return undefined;
  const { features } = session.tenant;
  if (session.user.role !== 'enterprise_admin') return wordsOf('forbidden_role');
  if (!features.custom_connectors) return wordsOf('feature_not_available');
  return features.sdk_access ? undefined : wordsOf('sdk_access_disabled');
}

function wordsOf(code: 'forbidden_role' | 'feature_not_available' | 'sdk_access_disabled'): string {
  const { message, hint } = errorCodes[code];
  return `${message} ${hint}`;
}
