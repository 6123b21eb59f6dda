import assert from 'node:assert/strict';
import type { Conversation, Entry } from '#protocol';
import { eventually } from '../support/eventually.js';
import { Refusal, type TestClient } from '../support/server.js';
import type { MailServer } from '../support/mail-server.js';
import type { Logged } from './visibility-logs.js';
import { eachOf } from './visibility-oracle.js';
import type { Oracle } from './visibility-oracle.js';
import { v7 } from 'uuid';

/** Every message holds this word, so that one search finds all of them, and one that is its own. */
export const COMMON = 'needle';
export const OWN = /\bw\d+x\b/g;

const words = (entries: readonly { body: Entry['body'] }[]): string[] =>
  entries.flatMap(({ body }) => (body.kind === 'message' ? [...body.text.matchAll(OWN)].map(([word]) => word) : []));
const wordsIn = (text: string): string[] => [...text.matchAll(OWN)].map(([word]) => word);
const seqs = (entries: readonly { seq: number }[]): number[] => entries.map(({ seq }) => seq);
const hidden = (error: unknown): null => {
  if (error instanceof Refusal && error.code === 'NOT_FOUND') return null;
  throw error;
};

/** All ways to the entries of a conversation for one member, each held against what the log says that they may see. */
export class Paths {
  readonly #oracle: Oracle;

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  async check(client: TestClient, conversation: string): Promise<void> {
    const expected = await this.#oracle.visible(conversation, client.user);
    const known = (await this.#oracle.received(conversation, client.user)).length > 0;
    await this.#range(client, conversation, expected, known);
    await this.#summaries(client, conversation, expected, known);
    await this.#search(client, conversation, expected);
    await this.#text(client, conversation, expected, known);
  }

  /** What came by itself: nothing that was never theirs. */
  async live(client: TestClient, conversations: readonly string[]): Promise<void> {
    const told = async (id: string) => new Set(seqs(await this.#oracle.periods(id, client.user, { ever: true })));
    const periods = new Map(await eachOf(conversations, told));
    const theirs = (id: string, seq: number, where: string): void =>
      assert.ok(periods.get(id)?.has(seq) ?? true, `${client.user} was told of entry ${seq} by ${where}`);
    for (const { name, payload } of client.events) {
      if (name === 'entry:added') theirs(payload.entry.conversation, payload.entry.seq, name);
      if (name === 'state:changed' && payload.change.type === 'conversation') {
        const { id, last } = payload.change.conversation;
        if (last) theirs(id, last.seq, name);
      }
      if (name === 'heads:digest') for (const head of payload.heads) if (head.head > 0) theirs(head.conversation, head.head, name);
    }
  }

  /** What came since `mark`, of somebody who wants not to be disturbed: nothing that was written after they said so. */
  async silence(client: TestClient, conversations: readonly string[], mark: number): Promise<void> {
    const last = async (id: string) => (await this.#oracle.received(id, client.user, { ever: true })).at(-1)?.seq ?? 0;
    const open = new Map(await eachOf(conversations, last));
    const quiet = (id: string, seq: number, where: string): void =>
      assert.ok(seq <= (open.get(id) ?? Infinity), `${client.user} is not to be disturbed and was told of entry ${seq} by ${where}`);
    for (const { name, payload } of client.events.slice(mark)) {
      if (name === 'entry:added') quiet(payload.entry.conversation, payload.entry.seq, name);
      if (name === 'state:changed' && payload.change.type === 'conversation') {
        const { id, head, last } = payload.change.conversation;
        quiet(id, Math.max(head, last?.seq ?? 0), name);
      }
      if (name === 'heads:digest') for (const head of payload.heads) quiet(head.conversation, head.head, name);
      assert.notEqual(name, 'typing:changed');
    }
  }

  /** Page by page in both directions, and from the middle. */
  async #range(client: TestClient, conversation: string, expected: readonly Logged[], known: boolean): Promise<void> {
    const page = (at: { after?: number; before?: number }) =>
      client.command('entry:range', { conversation, limit: 3, ...at }).catch(hidden);
    const back: Entry[] = [];
    for (let answer = await page({}); answer !== null;) {
      const head = (await this.#oracle.received(conversation, client.user)).at(-1)?.seq ?? 0;
      assert.equal(answer.head, head, 'the head is the last that they know of');
      back.unshift(...answer.entries);
      answer = answer.entries.length === 0 || answer.from <= 1 ? null : await page({ before: answer.from });
    }
    const forth: Entry[] = [];
    for (let answer = await page({ after: 0 }); answer !== null && answer.entries.length > 0; answer = await page({ after: answer.to }))
      forth.push(...answer.entries);
    assert.deepEqual(seqs(back), seqs(expected), `${client.user}: range, from the end`);
    assert.deepEqual(seqs(forth), seqs(expected), `${client.user}: range, from the beginning`);
    assert.deepEqual(words(back), words(expected));
    if (!known) assert.equal(await page({}), null, 'a conversation that is not theirs does not exist');
  }

  async #summaries(client: TestClient, conversation: string, expected: readonly Logged[], known: boolean): Promise<void> {
    const { user } = client;
    const [list, sync, one, heads] = await Promise.all([
      client.command('conversation:list', { ids: [conversation], limit: 1 }),
      client.command('session:sync', {}),
      client.command('conversation:get', { conversation }).catch(hidden),
      client.command('session:heads', {}),
    ]);
    const found = (conversations: readonly Conversation[] | undefined): Conversation | undefined =>
      conversations?.find(({ id }) => id === conversation);
    const said = { list: found(list.conversations), sync: found(sync.state?.conversations), get: one?.conversation };
    const messages = expected.filter(({ body }) => body.kind === 'message');
    const head = (await this.#oracle.received(conversation, user)).at(-1)?.seq ?? 0;
    const title = await this.#oracle.title(conversation, user);
    for (const [path, summary] of Object.entries(said)) {
      assert.equal(summary !== undefined, known, `${user}: ${path} knows of it`);
      if (summary === undefined) continue;
      assert.equal(summary.last?.seq, messages.at(-1)?.seq, `${user}: last message of ${path}`);
      assert.equal(summary.head, head, `${user}: head of ${path}`);
      assert.equal(summary.title, title, `${user}: title of ${path}`);
      const unread = summary.active ? messages.filter(({ seq, author }) => seq > summary.marks.read && author !== user).length : 0;
      assert.equal(summary.unread, unread, `${user}: unread of ${path}`);
    }
    for (const { heads: named } of [heads, sync])
      for (const one of named) if (one.conversation === conversation) assert.equal(one.head, head, `${user}: heads`);
  }

  async #search(client: TestClient, conversation: string, expected: readonly Logged[]): Promise<void> {
    const hits: Entry[] = [];
    let before: string | undefined;
    do {
      const answer = await client.command('message:search', { text: COMMON, limit: 4, ...(before === undefined ? {} : { before }) });
      hits.push(...answer.hits.filter((hit) => hit.conversation === conversation));
      before = answer.next ?? undefined;
    } while (before !== undefined);
    assert.deepEqual(words(hits).sort(), words(expected).sort(), `${client.user}: search`);
  }

  async #text(client: TestClient, conversation: string, expected: readonly Logged[], known: boolean): Promise<void> {
    let text = '';
    for (let after: number | null | undefined = undefined; after !== null;) {
      const page: { text: string; next: number | null } | null = await client
        .command('history:text', { conversation, ...(after === undefined ? {} : { after }) })
        .catch(hidden);
      if (page === null) {
        assert.equal(known, false, `${client.user}: text`);
        break;
      }
      text += page.text;
      after = page.next;
    }
    assert.deepEqual(wordsIn(text), words(expected), `${client.user}: text`);
  }

  /** Sends it to oneself and reads the mail; only for who is in and may be disturbed. Of nothing there is no mail, and that is said. */
  async mail(client: TestClient, conversation: string, mail: MailServer): Promise<void> {
    const visible = await this.#oracle.visible(conversation, client.user);
    const address = `${v7()}@hospital.example`;
    const sent = await client.command('history:send', { conversation, cid: v7(), to: [{ email: address }] }).catch(hidden);
    if (sent === null) return;
    if (visible.length === 0) {
      const isRefused = ({ body }: Logged) => body.kind === 'history-failed' && body.to === address && body.reason === 'refused';
      await eventually(async () => (await this.#oracle.log(conversation)).find(isRefused), 'word that there was nothing to send');
      assert.ok(!mail.mails.some(({ to }) => to.includes(address)), `${client.user}: a mail of nothing`);
      return;
    }
    await mail.until(() => mail.mails.some(({ to }) => to.includes(address)), 'the mail');
    const [found] = mail.mails.filter(({ to }) => to.includes(address));
    assert.deepEqual(wordsIn(found?.text ?? ''), words(visible), `${client.user}: mail`);
  }
}
