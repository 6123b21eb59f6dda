import { randomUUID } from 'node:crypto';
import PostalMime from 'postal-mime';

/** A mail that has arrived by SMTP, as the webmail shows it. */
export interface ReceivedMail {
  id: string;
  /** When it arrived, by this host's clock. */
  at: number;
  from: { name: string; address: string };
  /** The addresses of the envelope: where it was really delivered. */
  to: string[];
  subject: string;
  text: string;
  /** The whole message, as it came over the line. */
  source: string;
}

/** What was received most recently; nothing of it outlives the process. */
const KEPT = 200;

/** The mails that arrived since the start, the newest first. */
export class ReceivedMails {
  #mails: ReceivedMail[] = [];

  list(): readonly ReceivedMail[] {
    return this.#mails;
  }

  find(id: string): ReceivedMail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  /** Every mail that was delivered to one of the addresses. */
  forAddresses(addresses: readonly string[]): ReceivedMail[] {
    const wanted = new Set(addresses.map((address) => address.toLowerCase()));
    return this.#mails.filter(({ to }) => to.some((address) => wanted.has(address.toLowerCase())));
  }

  async add(source: Buffer, to: string[]): Promise<ReceivedMail> {
    const { from, subject = '', text = '' } = await PostalMime.parse(source);
    const mail: ReceivedMail = {
      // Not counted: a link in an old chat must never show another mail after a new start.
      id: `mid:${randomUUID()}@received.example`,
      at: Date.now(),
      from: { name: from?.name ?? '', address: from?.address ?? '' },
      to,
      subject,
      text,
      source: source.toString('utf8'),
    };
    this.#mails = [mail, ...this.#mails].slice(0, KEPT);
    return mail;
  }
}
