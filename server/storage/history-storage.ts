import type { CommandPayload, Entry } from '#protocol';
import type { Refused } from './storage.js';

/** What somebody does with what was said before: finds it again, and sends it by mail. Part of `Storage`. */
export interface HistoryStorage {
  /**
   * Messages in which every word of the text occurs, the last one as a beginning; accents and case do not matter. Newest first, complete at
   * any time, and only what the user may see. Null for a stranger to the conversation, or for a `before` that the user may not see.
   */
  searchMessages(tenant: string, user: string, search: MessageSearch): Promise<MessageHits | null>;
  /**
   * Writes the `history-sent` entry and, in the same transaction, one job for each mail. A job has no text: that is read when it is sent.
   * What this author did before with this cid is answered the same, whatever may leave now and to whom (SPEC C3).
   */
  sendHistory(input: NewHistory): Promise<HistorySent>;
  /**
   * Jobs that are due at `now`, the longest due first. They are due again at `until`, so that one whose node dies is taken by another;
   * `next` is when the next one is due, null when there is none.
   */
  takeMail(now: number, until: number, limit: number): Promise<{ jobs: MailJob[]; next: number | null }>;
  /**
   * What became of a job that was taken: it has left, it is due again, or it failed, which is said in the conversation. Resolves to the
   * entry that says so, and to null otherwise or when the job was settled before.
   */
  settleMail(job: string, outcome: MailOutcome): Promise<Entry | null>;
}

export interface MessageSearch {
  text: string;
  /** In this one only. */
  conversation?: string | undefined;
  /** Only what is older than this entry, the last hit of the page before. */
  before?: { conversation: string; seq: number } | undefined;
  limit: number;
}

export interface MessageHits {
  hits: Entry[];
  /** There are older ones. */
  more: boolean;
}

export interface NewHistory {
  tenant: string;
  author: string;
  conversation: string;
  cid: string;
  /** What was asked for, as it was asked, with which a repeated command is compared: the directory may have changed in between. */
  asked: Pick<CommandPayload<'history:send'>, 'to' | 'language' | 'timeZone'>;
  /** Null when nothing may leave: then only what was done before is answered, or the refusal that comes first. */
  outgoing: OutgoingHistory | null;
}

export interface OutgoingHistory {
  /** The recipients as everybody in the conversation may read them. */
  to: readonly string[];
  mails: readonly { address: string; label: string; messageId: string }[];
  language: string;
  timeZone: string;
  /** When the mails were asked for, by the clock of `takeMail`: they are due at once. */
  due: number;
}

export type HistorySent =
  /** `seq` is the last entry that the author may see: for one who has left it is not the entry. */
  | { status: 'appended'; entry: Entry; seq: number }
  /** The same was asked for under this cid before; nothing is sent again. */
  | { status: 'duplicate'; seq: number }
  | { status: 'conflict' }
  /** Nothing was done before, the author might send, and `outgoing` is null. */
  | { status: 'withheld' }
  | Refused;

/** A mail that has to leave: what the sender may see of a conversation when it is written, up to the entry that announced it. */
export interface MailJob {
  id: string;
  tenant: string;
  conversation: string;
  sender: string;
  /** The seq of the `history-sent` entry; the mail has what comes before it. */
  before: number;
  address: string;
  label: string;
  language: string;
  timeZone: string;
  /** Made with the job, so that a mail that leaves twice is known as one. */
  messageId: string;
  /** How often it was taken, this time included. */
  attempts: number;
  madeAt: number;
}

export type MailOutcome =
  { status: 'sent' } | { status: 'again'; due: number } | { status: 'failed'; reason: 'refused' | 'unreachable'; cid: string };
