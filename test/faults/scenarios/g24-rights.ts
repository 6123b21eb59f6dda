import { setTimeout as wait } from 'node:timers/promises';
import type { CommandInput, CommandName } from '#protocol';
import { v7 } from 'uuid';
import { type Finding, finding } from '../checkers/finding.js';
import { RawClient } from '../driver/raw-client.js';
import { readLog } from '../driver/read-log.js';
import { Tally } from '../nemeses/nemesis.js';
import type { Subject } from '../subjects/subject.js';
import type { Scenario, Stage } from './scenario.js';

export const rights: Scenario = {
  guarantee: 'G24',
  promise: 'do not disturb, an ended conversation and no right to start one hold on the server, with the exact code, also in a race',
  engines: ['sqlite', 'postgres'],
  async run(stage) {
    const subject = await stage.subject();
    const races = new Races(stage, subject);
    await races.open();
    const rounds = stage.size({ commit: 12, nightly: 1_000, release: 1_000 });
    for (let round = 0; round < rounds && stage.timeLeft(); round += 1) {
      await races.ended();
      await races.undisturbed();
      await races.notAuthorised();
    }
    races.close();
    const { tally, operations, accepted, findings } = races;
    return { injected: tally.toString(), faults: tally.total, operations, acknowledged: accepted, findings };
  },
};

/** Somebody raw, without the SDK's manners, who goes on trying while what they may changes. */
class Races {
  readonly findings: Finding[] = [];
  readonly tally = new Tally();
  operations = 0;
  accepted = 0;
  readonly #stage: Stage;
  readonly #subject: Subject;
  #ada!: RawClient;
  #bob!: RawClient;

  constructor(stage: Stage, subject: Subject) {
    this.#stage = stage;
    this.#subject = subject;
  }

  async open(): Promise<void> {
    const connect = async (user: string): Promise<RawClient> => RawClient.connect(this.#subject.url, user, await this.#subject.token(user));
    [this.#ada, this.#bob] = [await connect('ada'), await connect('bob')];
    await this.#subject.host('PUT', 'policies', { dnd: 'block', initiate: 'authorised' });
  }

  close(): void {
    for (const client of [this.#ada, this.#bob]) client.close();
  }

  /** Nothing is said after the end, whoever was about to say something. */
  async ended(): Promise<void> {
    const { conversation } = await this.#ada.ask('conversation:create', { cid: v7(), kind: 'group', members: ['bob'], title: 'Short' });
    const { id } = conversation;
    let over = false;
    const talking = this.#repeat(
      () => over,
      'message:send',
      () => ({ conversation: id, cid: v7(), text: 'still', links: [] }),
      this.#bob,
      'CONVERSATION_ENDED',
    );
    await wait(this.#stage.random.below(60));
    await this.#ada.ask('conversation:end', { conversation: id, cid: v7() });
    over = true;
    await talking;
    const log = await readLog((name, payload) => this.#ada.ask(name, payload), id);
    const last = log.at(-1);
    if (last?.text !== null) this.findings.push(finding('refusal', 'something was said after the end', id));
    for (const name of ['conversation:rename', 'conversation:invite'] as const) {
      const payload =
        name === 'conversation:rename' ? { conversation: id, cid: v7(), title: 'Later' } : { conversation: id, cid: v7(), users: ['cy'] };
      await this.#expect(this.#ada, name, payload, 'CONVERSATION_ENDED');
    }
    this.tally.add('an end against somebody who writes');
  }

  /** Who wants not to be disturbed neither sends nor is sent anything. */
  async undisturbed(): Promise<void> {
    const { conversation } = await this.#ada.ask('conversation:create', { cid: v7(), kind: 'direct', members: ['bob'] });
    let over = false;
    const text = (): CommandInput<'message:send'> => ({ conversation: conversation.id, cid: v7(), text: 'psst', links: [] });
    const talking = this.#repeat(() => over, 'message:send', text, this.#ada, 'RECIPIENT_DND');
    await wait(this.#stage.random.below(60));
    await this.#bob.ask('presence:set', { availability: 'dnd' });
    over = true;
    await talking;
    await this.#expect(this.#bob, 'message:send', text(), 'DO_NOT_DISTURB');
    await this.#expect(this.#bob, 'conversation:create', { cid: v7(), kind: 'group', members: ['ada'], title: 'No' }, 'DO_NOT_DISTURB');
    await this.#bob.ask('presence:set', { availability: 'available' });
    const answer = await this.#ada.answer('message:send', text());
    if (!answer.ok) this.findings.push(finding('refusal', `after the end of "do not disturb": ${answer.error.code}`));
    this.tally.add('"do not disturb" against somebody who writes');
  }

  /** Whose token does not say so starts nothing, by no way. */
  async notAuthorised(): Promise<void> {
    const token = await this.#subject.token('cy', { initiate: false });
    const cy = await RawClient.connect(this.#subject.url, 'cy', token);
    await this.#expect(cy, 'conversation:create', { cid: v7(), kind: 'direct', members: ['ada'] }, 'INITIATE_FORBIDDEN');
    await this.#expect(
      cy,
      'conversation:create',
      { cid: v7(), kind: 'group', members: ['ada', 'bob'], title: 'Mine' },
      'INITIATE_FORBIDDEN',
    );
    cy.close();
    this.tally.add('somebody who may not start anything');
  }

  /** Asks until it is refused with the code; any other refusal, and any acceptance after `over`, is found. */
  async #repeat<N extends CommandName>(
    over: () => boolean,
    name: N,
    payload: () => CommandInput<N>,
    client: RawClient,
    code: string,
  ): Promise<void> {
    for (let after = 0; after < 3;) {
      const late = over();
      const answer = await client.answer(name, payload());
      this.operations += 1;
      if (answer.ok) this.accepted += 1;
      if (late) after += 1;
      if (answer.ok ? late : answer.error.code !== code)
        this.findings.push(
          finding('refusal', `${name}: ${answer.ok ? 'accepted after the change' : answer.error.code} instead of ${code}`),
        );
    }
  }

  async #expect<N extends CommandName>(client: RawClient, name: N, payload: CommandInput<N>, code: string): Promise<void> {
    const answer = await client.answer(name, payload);
    this.operations += 1;
    const outcome = answer.ok ? 'accepted' : answer.error.code;
    if (outcome !== code) this.findings.push(finding('refusal', `${name}: ${outcome} instead of ${code}`));
  }
}
