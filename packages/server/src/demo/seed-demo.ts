import type { Actor } from '@patchbay/flows';
import type { LocalUser } from '@patchbay/identity';
import type { Composition } from '../compose.ts';
import { signInLink } from '../handlers/user-handlers.ts';
import type { DemoFacts } from './demo-facts.ts';
import { seedDemoFlows } from './seed-demo-flows.ts';

/** How a person and the command line get in for the first time. */
export interface FirstSteps {
  /** Opens the app once without a password; only until somebody has set one. */
  readonly signInLink?: string;
  /** API token of the local command line; only when it was made now. */
  readonly token?: string;
}

/** The demo tenant as the server needs it. */
export interface Demo {
  /** The administrator; in development mode programs of this machine act as this user. */
  readonly user: LocalUser;
  readonly firstSteps: FirstSteps;
}

const demoTenant = { id: 'demo', name: 'Demo' };
/** May do everything in the demo tenant, and everything a platform administrator may. */
const admin = {
  email: 'admin@patchbay.local',
  name: 'Demo administrator',
  role: 'enterprise_admin',
  isPlatformAdmin: true,
} as const;
const tokenName = 'Local command line';

/** Makes the demo tenant with an administrator and demo flows, if they are not there yet, and opens the door to it. */
export async function seedDemo(modules: Composition, facts: DemoFacts): Promise<Demo> {
  const { identity } = modules;
  const tenant = await identity.ensureTenant(demoTenant);
  const user = await identity.ensureUser({ tenantId: tenant.id, ...admin });
  const actor: Actor & { userId: string } = { tenantId: tenant.id, name: user.email, userId: user.id };
  await seedDemoFlows(modules, actor, facts);
  const token = await firstToken(modules, actor);
  const link = user.hasPassword ? undefined : await identity.issueSignInLink({ tenantId: tenant.id, userId: user.id });
  const firstSteps = {
    ...(link !== undefined && { signInLink: signInLink(facts.publicUrl, link) }),
    ...(token !== undefined && { token }),
  };
  return { user: { tenantId: tenant.id, userId: user.id }, firstSteps };
}

async function firstToken(
  { identity }: Composition,
  actor: { tenantId: string; userId: string },
): Promise<string | undefined> {
  const principal = await identity.localPrincipal(actor);
  if (principal === undefined) throw new Error('The demo administrator was made just before');
  const page = await identity.searchTokens(principal, { from: 0, size: 200 });
  if (page.hits.hits.some((hit) => hit._source.name === tokenName)) return undefined;
  const { token } = await identity.createToken(principal, { name: tokenName });
  return token;
}
