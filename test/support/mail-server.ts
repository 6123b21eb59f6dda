import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';

/** A mail as it came over the wire. */
export interface ReceivedMail {
  from: string;
  to: string[];
  /** By name in lower case, unfolded, still encoded. */
  headers: Map<string, string>;
  text: string;
  raw: string;
}

/** How the server treats what comes: takes it, refuses the recipient for good, asks to come later, or says nothing at all. */
export type MailManners = 'take' | 'refuse' | 'later' | 'refuse-text' | 'silent';

/** A real mail server on a port of this machine, whose manners a test changes while it runs. */
export class MailServer {
  readonly mails: ReceivedMail[] = [];
  manners: MailManners = 'take';
  /** How often somebody named a recipient. */
  attempts = 0;
  #server: SMTPServer | undefined;
  #port = 0;
  #waiting: (() => void)[] = [];

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  /** Listens on the port it had before, or on a free one. */
  async open(): Promise<this> {
    const server = new SMTPServer({ ...this.#options(), disabledCommands: ['AUTH', 'STARTTLS'], logger: false });
    // A client that goes away in the middle is none of the test's business.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      const listening = server.listen(this.#port, '127.0.0.1', resolve);
      listening.once('listening', () => {
        const address = listening.address();
        if (typeof address === 'object' && address) this.#port = address.port;
      });
    });
    this.#server = server;
    return this;
  }

  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await new Promise<void>((resolve) => server.close(resolve));
  }

  /** Resolves once the condition holds; it is looked at whenever somebody names a recipient or a mail has come. */
  async until(condition: () => boolean, what: string, within = 10_000): Promise<void> {
    const deadline = Date.now() + within;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error(`waited in vain for ${what}: ${this.attempts} attempts, ${this.mails.length} mails`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  #options(): SMTPServerOptions {
    return {
      authOptional: true,
      closeTimeout: 100,
      onRcptTo: (_address, _session, done) => {
        this.attempts += 1;
        this.#wake();
        if (this.manners === 'refuse') done(reply(550, 'no such mailbox'));
        else if (this.manners === 'later') done(reply(451, 'come back later'));
        else if (this.manners !== 'silent') done();
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (this.manners === 'refuse-text') {
            done(reply(554, 'not this text'));
            return;
          }
          const { mailFrom, rcptTo } = session.envelope;
          this.mails.push(
            read(
              Buffer.concat(chunks).toString('latin1'),
              mailFrom ? mailFrom.address : '',
              rcptTo.map(({ address }) => address),
            ),
          );
          done();
          this.#wake();
        });
      },
    };
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

function reply(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}

function read(raw: string, from: string, to: string[]): ReceivedMail {
  const end = raw.indexOf('\r\n\r\n');
  const headers = new Map<string, string>();
  for (const line of raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    headers.set(name, headers.has(name) ? `${headers.get(name) ?? ''}\n${line.slice(colon + 1).trim()}` : line.slice(colon + 1).trim());
  }
  const body = raw.slice(end + 4);
  const encoding = headers.get('content-transfer-encoding') ?? '7bit';
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? Buffer.from(
            body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          )
        : Buffer.from(body, 'latin1');
  return { from, to, headers, text: bytes.toString('utf8').replaceAll('\r\n', '\n'), raw };
}
