/** Letters by SMTP, with nodemailer; it is loaded only where a server for it is configured. */
import type { Config } from '../config/config.ts';
import type { Letter, Mail } from './mail.ts';

export async function smtpMail({ smtpUrl, from }: NonNullable<Config['mail']>): Promise<Mail> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(smtpUrl, {
    // Text alone: no letter of ours reads a file or an address because of what is in it.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    send: async ({ to, subject, text }: Letter) => {
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text });
    },
    close: () => transport.close(),
  };
}
