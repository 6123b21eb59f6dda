import type { NodemailerError, Transporter } from 'nodemailer';

/** A mail as it leaves: addresses and names apart, so that none of them is ever read as a header or a list. */
export interface Mail {
  from: { name: string; address: string };
  replyTo?: { name: string; address: string } | undefined;
  to: { name: string; address: string };
  subject: string;
  text: string;
  messageId: string;
  /** The same for every mail of a conversation, so that mail programs show them together. */
  thread: string;
  date: Date;
}

/** Why a mail did not leave: for good, or perhaps only now. `code` is for the log: it names nobody. */
export class MailRefused extends Error {
  readonly permanent: boolean;
  readonly code: string;

  constructor(permanent: boolean, code: string) {
    super(`the mail was not accepted: ${code}`);
    this.name = 'MailRefused';
    this.permanent = permanent;
    this.code = code;
  }
}

export interface MailTransport {
  /** Resolves once the mail server has taken it. @throws MailRefused */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** The one place that knows nodemailer. `timeout` is for each step of the talk with the mail server, in milliseconds. */
export function smtpTransport(url: string, timeout: number): MailTransport {
  let transport: Promise<Transporter> | undefined;
  return {
    async send({ from, replyTo, to, subject, text, messageId, thread, date }) {
      try {
        transport ??= open(url, timeout);
        await (
          await transport
        ).sendMail({
          envelope: { from: from.address, to: [to.address] },
          from,
          ...(replyTo ? { replyTo } : {}),
          to,
          subject,
          text,
          messageId,
          date,
          references: [thread],
          // So that no absence note answers it (RFC 3834).
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (error) {
        throw refusedBy(error);
      }
    },
    close: () =>
      void transport?.then(
        (opened) => opened.close(),
        () => undefined,
      ),
  };
}

/**
 * Connects and signs in as for a mail, and sends none.
 *
 * @throws Error in the words of the mail server, or with the code of the connection's failure.
 */
export async function greetSmtp(url: string, timeout: number): Promise<void> {
  const transport = await open(url, timeout);
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}

/** Loaded by servers that send mail only (optional-packages.ts). */
async function open(url: string, timeout: number): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    // Nothing in a mail is ever the name of a file or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/**
 * A refusal of the recipient or of the mail is for good when its reply begins with 5. What goes wrong before that, such as a wrong
 * password, is for the operator to repair while the mails wait.
 */
function refusedBy(error: unknown): MailRefused {
  const { code = 'EUNKNOWN', responseCode, permanent = false }: NodemailerError = error instanceof Error ? error : new Error();
  const aboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  return new MailRefused(aboutMail && permanent, responseCode === undefined ? code : `${code} ${responseCode}`);
}
