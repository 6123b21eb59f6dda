import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { ReceivedMails } from './received-mails.js';

/** More than any history of a chat; a demo has no use for more. */
const LARGEST = 5_000_000;

/** The address that nobody has: what is sent there is refused, so that a bounce can be seen. */
const REFUSED = /^bounce@/i;

class MailRefused extends Error {
  readonly responseCode: number;

  constructor(responseCode: number, message: string) {
    super(message);
    this.name = 'MailRefused';
    this.responseCode = responseCode;
  }
}

/** A mail server on this machine only, which takes every mail and passes none on. */
export class MailListener {
  readonly #server: SMTPServer;
  readonly #mails: ReceivedMails;
  #port = 0;

  constructor(mails: ReceivedMails) {
    this.#mails = mails;
    this.#server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: LARGEST,
      closeTimeout: 500,
      onRcptTo: ({ address }, _session, done) =>
        done(REFUSED.test(address) ? new MailRefused(550, 'There is no such mailbox here') : undefined),
      onData: (stream, session, done) => {
        this.#take(stream, session).then(
          () => done(),
          (cause: unknown) => done(cause instanceof Error ? cause : new Error(String(cause))),
        );
      },
    });
    // A client that breaks off is its own business.
    this.#server.on('error', () => undefined);
  }

  /** Where mail is handed in. */
  get url(): string {
    return `smtp://127.0.0.1:${String(this.#port)}`;
  }

  /** Listens on a free port. */
  async start(): Promise<void> {
    const listener = this.#server.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    if (stream.sizeExceeded) throw new MailRefused(552, 'The message is too large');
    await this.#mails.add(
      Buffer.concat(parts),
      session.envelope.rcptTo.map(({ address }) => address),
    );
  }
}
