import { defineConnector } from '@patchbay/connector-sdk';
import { auth } from './credentials.ts';
import { sendMail } from './operations/send-mail.ts';
import { verify } from './operations/verify.ts';

/** Sends mail through an SMTP server. */
export const connector = defineConnector({
  slug: 'smtp',
  name: 'E-mail (SMTP)',
  description: 'Sends mail through any SMTP server.',
  tile: 'amber',
  category: 'Communication',
  tags: ['smtp', 'mail', 'email', 'e-mail'],
  runtime: 'node',
  egress: { isUserProvided: true },
  auth,
  connectionTest: { operation: 'verify' },
  operations: [sendMail, verify],
  resilience: { rateLimitPerMinute: 6_000 },
  changelog: [{ version: '0.1.0', kind: 'feature', text: 'First version.' }],
});
