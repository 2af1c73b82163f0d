import type { IconName } from '../ui/icon/icon-names.ts';

const triggers: Readonly<Record<string, { readonly word: string; readonly icon: IconName }>> = {
  manual: { word: 'Manual', icon: 'play' },
  webhook: { word: 'Webhook', icon: 'webhook' },
  schedule: { word: 'Schedule', icon: 'calendar-clock' },
  api: { word: 'API', icon: 'code' },
};

/** Word and icon of a trigger kind. */
export const triggerLook = (kind: string): { readonly word: string; readonly icon: IconName } =>
  triggers[kind] ?? { word: kind, icon: 'workflow' };

const authTypes: Readonly<Record<string, string>> = {
  none: 'None',
  api_key: 'API key',
  basic: 'Basic',
  bearer: 'Bearer token',
  oauth2: 'OAuth 2',
  custom: 'Credentials',
};

/** Word of an auth type. */
export const authWord = (type: string): string => authTypes[type] ?? type;

/** "API key", "None or API key", "4 kinds of sign-in": short enough for the foot of a card. */
export function authWords(types: readonly string[]): string {
  if (types.length === 0) return authWord('none');
  return types.length > 2 ? `${types.length} kinds of sign-in` : types.map(authWord).join(' or ');
}

const roles: Readonly<Record<string, string>> = {
  platform_admin: 'Platform administrator',
  enterprise_admin: 'Administrator',
  developer: 'Developer',
  viewer: 'Viewer',
};

/** Word of a role. */
export const roleWord = (role: string): string => roles[role] ?? role;

const runtimes: Readonly<Record<string, string>> = {
  declarative: 'Declarative, no code',
  sandbox: 'Sandboxed code',
  node: 'Trusted driver',
  flow: 'A flow',
};

/** Word of a connector runtime. */
export const runtimeWord = (runtime: string): string => runtimes[runtime] ?? runtime;

const effects: Readonly<Record<string, string>> = {
  read: 'yes, it only reads',
  idempotent: 'yes',
  keyed: 'with a key',
  once: 'no',
};

/** Is an operation safe to repeat, in words. */
export const effectWord = (effect: string): string => effects[effect] ?? effect;

/** The end of an id, enough to tell rows apart. */
export const shortId = (id: string): string => id.slice(-6).toLowerCase();
