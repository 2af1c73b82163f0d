import { createHash } from 'node:crypto';
import { defineOperation, operationError } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { withTransport } from '../client.ts';

const addresses = (title: string) =>
  z
    .array(z.string().min(3).max(320))
    .max(200)
    .meta({ title, description: 'Addresses such as ada@example.com or Ada <ada@example.com>.' });

/** Sends one mail. */
export const sendMail = defineOperation({
  name: 'sendMail',
  title: 'Send mail',
  description:
    'Sends a mail as text, HTML or both, with attachments. Every attempt carries the same Message-ID, so that mail systems can drop a mail that comes twice.',
  effect: 'keyed',
  input: z.strictObject({
    from: z.string().min(3).max(320).optional().meta({
      title: 'From',
      description: 'For example Shop <shop@example.com>. Absent: the sender of the connection.',
    }),
    to: addresses('To').min(1),
    subject: z.string().max(998).default('').meta({ title: 'Subject' }),
    text: z.string().max(5_000_000).optional().meta({ title: 'Text' }),
    html: z.string().max(5_000_000).optional().meta({ title: 'HTML' }),
    cc: addresses('Cc').default([]),
    bcc: addresses('Bcc').default([]),
    replyTo: z.string().max(320).optional().meta({ title: 'Reply to' }),
    attachments: z
      .array(
        z.strictObject({
          filename: z.string().min(1).max(255).meta({ title: 'File name' }),
          contentType: z.string().max(120).default('application/octet-stream').meta({ title: 'Content type' }),
          contentBase64: z
            .string()
            .regex(/^[A-Za-z0-9+/\s]*={0,2}$/)
            .meta({ title: 'Content as base64' }),
        }),
      )
      .max(50)
      .default([])
      .meta({ title: 'Attachments' }),
  }),
  output: z.strictObject({
    messageId: z.string().meta({ title: 'Message-ID' }),
    accepted: z.array(z.string()).meta({ title: 'Accepted addresses' }),
    rejected: z.array(z.string()).meta({ title: 'Rejected addresses' }),
    response: z.string().meta({ title: 'Answer of the server' }),
  }),
  ui: {
    '/text': { widget: 'multiline' },
    '/html': { widget: 'code' },
    '/cc': { isAdvanced: true },
    '/bcc': { isAdvanced: true },
    '/replyTo': { isAdvanced: true },
    '/attachments': { isAdvanced: true },
  },
  samples: [
    {
      input: { from: 'shop@example.com', to: ['ada@example.com'], subject: 'Order 7', text: 'Thank you!' },
      output: {
        messageId: '<4f1c@example.com>',
        accepted: ['ada@example.com'],
        rejected: [],
        response: '250 OK',
      },
    },
  ],
  run: async ({ attachments, ...mail }, context) => {
    const from = mail.from ?? context.credentials['from'] ?? '';
    if (from === '') {
      throw operationError('operation_input_invalid', {
        message: 'Neither the step nor the connection names a sender.',
        details: { problems: [{ path: '/from', message: 'Give a sender.' }], wasSent: false },
      });
    }
    const messageId = messageIdFor(context.idempotencyKey, from);
    const info = await withTransport(context, (transport) =>
      transport.sendMail({
        ...mail,
        from,
        messageId,
        attachments: attachments.map(({ filename, contentType, contentBase64 }) => ({
          filename,
          contentType,
          content: Buffer.from(contentBase64, 'base64'),
        })),
      }),
    );
    return {
      messageId,
      accepted: info.accepted.map(toAddress),
      rejected: info.rejected.map(toAddress),
      response: info.response,
    };
  },
});

/** The same key gives the same Message-ID; the domain is the sender's, as mail systems expect. */
function messageIdFor(idempotencyKey: string, from: string): string {
  const domain = /@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1] ?? 'patchbay.invalid';
  return `<${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40)}@${domain}>`;
}

function toAddress(recipient: string | { address: string }): string {
  return typeof recipient === 'string' ? recipient : recipient.address;
}
