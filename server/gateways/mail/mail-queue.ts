import type { HistoryService, Publisher } from '../../commands/context.js';
import type { TenantPolicies } from '../../domain/policies.js';
import type { Logger } from '../../logger.js';
import type { MailJob, MailOutcome } from '../../storage/history-storage.js';
import type { Storage } from '../../storage/storage.js';
import { composeHistory, mayLeave } from './history-mail.js';
import { MailRefused } from './smtp.js';
import type { MailTransport } from './smtp.js';
import { uuidV7 } from './uuid-v7.js';

/** In milliseconds. */
export interface MailTimes {
  /** Until the second attempt; doubled for each one after it. */
  first: number;
  /** The longest wait between two attempts. */
  longest: number;
  /** After so long a mail that never left has failed, and its conversation is told. */
  giveUp: number;
  /** A job that was taken and not settled is taken again after this time: its node is gone. Longer than any attempt. */
  lease: number;
}

/** Mails under way at once. */
const AT_ONCE = 4;

export interface MailQueueParts {
  storage: Storage;
  transport: MailTransport;
  /** The sender's address of every mail. */
  from: string;
  times: MailTimes;
  /** What holds for the tenant now, of the store itself: a mail cannot be called back. */
  policies: (tenant: string) => Promise<TenantPolicies>;
  logger: Logger;
  now: () => number;
}

/**
 * Sends what the store says has to leave, once at least: a node that dies after the mail server took a mail and before the store knows
 * leaves it to be sent again, under the same Message-ID.
 */
export class MailQueue implements HistoryService {
  readonly #parts: MailQueueParts;
  #publisher: Publisher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  /** Asked for while it ran: the turn that runs may have looked before. */
  #again = false;
  #closed = false;

  constructor(parts: MailQueueParts) {
    this.#parts = parts;
  }

  /** Begins with what was left by an earlier run. */
  start(publisher: Publisher): void {
    this.#publisher = publisher;
    this.wake();
  }

  due(): number {
    return this.#parts.now();
  }

  wake(): void {
    clearTimeout(this.#timer);
    if (this.#closed || !this.#publisher) return;
    if (this.#running) this.#again = true;
    else
      this.#running = this.#run().then((pause) => {
        this.#running = undefined;
        if (this.#again) this.wake();
        else if (pause !== null && !this.#closed) this.#timer = setTimeout(() => this.wake(), pause).unref();
      });
  }

  refused(facts: { tenant: string; user: string; device: string }): void {
    this.#parts.logger.warn({ audit: 'export-refused', ...facts }, 'a history was refused to leave');
  }

  /** Waits for the mails under way, but not for a mail server that does not answer. */
  async close(most: number): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await Promise.race([this.#running, new Promise((resolve) => setTimeout(resolve, most).unref())]);
    this.#parts.transport.close();
  }

  /** Sends all that is due; resolves to the milliseconds until more is. */
  async #run(): Promise<number | null> {
    const { storage, now, times, logger } = this.#parts;
    try {
      while (!this.#closed) {
        this.#again = false;
        const { jobs, next } = await storage.takeMail(now(), now() + times.lease, AT_ONCE);
        if (jobs.length === 0) return next === null ? null : Math.max(1, Math.min(next - now(), times.longest));
        await Promise.all(jobs.map((job) => this.#send(job)));
      }
    } catch (error) {
      // The store answers no more, or not yet; what was taken is due again when its lease ends.
      logger.warn({ err: error }, 'the mail queue waits for the store');
      return times.first;
    }
    return null;
  }

  async #send(job: MailJob): Promise<void> {
    const { storage, logger } = this.#parts;
    const outcome = await this.#attempt(job);
    const facts = { job: job.id, tenant: job.tenant, conversation: job.conversation, attempt: job.attempts };
    if (outcome.status === 'failed') logger.warn({ ...facts, reason: outcome.reason }, 'mail failed');
    else logger.info(facts, outcome.status === 'sent' ? 'mail sent' : 'mail waits');
    const entry = await storage.settleMail(job.id, outcome);
    if (entry) this.#publisher?.entryAdded(job.tenant, entry);
  }

  async #attempt(job: MailJob): Promise<MailOutcome> {
    const { storage, transport, from, times, policies, logger, now } = this.#parts;
    try {
      const mail = await composeHistory(storage, job, from, now());
      // Who may see nothing any more sends nothing. Whether it may leave is asked last, because a long history takes a while to write.
      if (!mail || !(await mayLeave(storage, job, await policies(job.tenant)))) return failed('refused', now());
      await transport.send(mail);
      return { status: 'sent' };
    } catch (error) {
      if (error instanceof MailRefused && error.permanent) return failed('refused', now());
      logger.warn({ job: job.id, code: error instanceof MailRefused ? error.code : 'INTERNAL' }, 'mail not accepted');
      const due = now() + Math.min(times.longest, times.first * 2 ** (job.attempts - 1));
      return due - job.madeAt > times.giveUp ? failed('unreachable', now()) : { status: 'again', due };
    }
  }
}

/** Where no mail server is configured. Refusals are said all the same. */
export function withoutMail(logger: Logger): HistoryService {
  return {
    due: () => null,
    wake: () => undefined,
    refused: (facts) => logger.warn({ audit: 'export-refused', ...facts }, 'a history was refused to leave'),
  };
}

function failed(reason: 'refused' | 'unreachable', now: number): MailOutcome {
  return { status: 'failed', reason, cid: uuidV7(now) };
}
