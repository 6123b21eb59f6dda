import { expect } from 'chai';
import { BehaviorSubject } from 'rxjs';
import type { EntryBody, RecipientState } from '#sdk';
import { Timeline } from '../../widgets/timeline/timeline.js';
import { accessible, clear, deep, html, must, settled, show, until } from './support/page.js';
import { lena, mark, omar, type Stage, stage, type StageTimeline } from './support/panel-stage.js';
import { anna, chat } from './support/stand-in.js';
import { define } from '../../widgets/internal/define.js';

define(Timeline);

interface Shown {
  made: Stage;
  log: StageTimeline;
  timeline: Timeline;
  root: ShadowRoot;
  lines: () => string[];
}

async function open(prepare: (log: StageTimeline, made: Stage) => void): Promise<Shown> {
  const made = stage();
  const one = chat('c1', { kind: 'group', members: [anna.id, mark.id, lena.id, omar.id] });
  made.setChats(one);
  const log = made.timeline('c1');
  prepare(log, made);
  const place = show(
    html`<parley-timeline
      style="position:fixed;inset:0 auto auto 0;inline-size:320px;block-size:600px"
      .client=${made.client}
      .conversation=${one}
    ></parley-timeline>`,
  );
  const timeline = must<Timeline>(place, 'parley-timeline');
  await settled(timeline);
  const root = timeline.shadowRoot as ShadowRoot;
  const lines = (): string[] => [...root.querySelectorAll('.system bdi')].map((line) => line.textContent ?? '');
  return { made, log, timeline, root, lines };
}

describe('entries that are not messages', () => {
  afterEach(clear);

  async function said(...bodies: EntryBody[]): Promise<string[]> {
    const shown = await open((log) => log.add(...bodies.map((body, index) => log.item(index + 1, mark.id, body))));
    await until(() => shown.lines().length === bodies.length, 'each has its line');
    return shown.lines();
  }

  it('[B15] [B16] say in one line who invited, who declined, who joined, who left and who was removed', async () => {
    expect(
      await said(
        { kind: 'started', users: [mark.id], invited: [lena.id, anna.id] },
        { kind: 'invited', users: [omar.id] },
        { kind: 'declined' },
        { kind: 'joined', users: [lena.id] },
        { kind: 'left', users: [lena.id] },
        { kind: 'removed', users: [anna.id] },
        { kind: 'joined', users: [anna.id] },
      ),
    ).to.deep.equal([
      'Mark Lee started the chat and invited Lena Fischer and you',
      'Mark Lee invited Omar Haddad',
      'Mark Lee declined the invitation',
      'Lena Fischer joined',
      'Lena Fischer left',
      'Mark Lee removed you',
      'You joined',
    ]);
  });

  it('[E15] say what it is called now, and who ended it', async () => {
    expect(
      await said(
        { kind: 'renamed', title: 'Chest \u202Egroup' },
        { kind: 'renamed', title: 'Chest group', description: 'Round at 9' },
        { kind: 'renamed', description: 'Round at 10' },
        { kind: 'renamed' },
        { kind: 'ended' },
      ),
    ).to.deep.equal([
      'Mark Lee named the chat “Chest  group”',
      'Mark Lee named the chat “Chest group”: Round at 9',
      'Mark Lee changed the description: Round at 10',
      'Mark Lee removed the title',
      'Mark Lee ended the chat for everyone',
    ]);
  });

  it('[B20] tell everybody in the chat that a history was sent, and when it did not arrive', async () => {
    expect(
      await said(
        { kind: 'history-sent', to: ['Lead desk', 'ward@clinic.example'] },
        { kind: 'history-failed', to: 'ward@clinic.example', reason: 'refused' },
        { kind: 'history-failed', to: 'Lead desk', reason: 'unreachable' },
      ),
    ).to.deep.equal([
      'Mark Lee sent the history to Lead desk and ward@clinic.example',
      'Mark Lee sent the history, but the mailbox of ward@clinic.example refused it',
      'Mark Lee sent the history, but it did not reach Lead desk',
    ]);
  });
});

describe('<parley-delivery-details>', () => {
  afterEach(clear);

  it('[S6] [E6] the state of an own message opens who has it: queued, held, delivered, read, session ended; it follows', async () => {
    const recipients = new BehaviorSubject<readonly RecipientState[]>([
      { user: mark.id, state: 'read' },
      { user: lena.id, state: 'held' },
      { user: omar.id, state: 'queued' },
    ]);
    const asked: unknown[] = [];
    const shown = await open((log, made) => {
      made.session.conversations.recipients$ = (...given) => {
        asked.push(given);
        return recipients;
      };
      log.add(log.item(1, mark.id, 'hello'), log.item(2, anna.id, 'on my way'));
    });
    const button = must(shown.root, '.state .who');
    expect(button.title).to.equal('Sent. Show who has it');
    button.focus();
    button.click();
    await until(() => deep(shown.root, '.details:popover-open') !== null, 'it is open');
    expect(asked[0]).to.deep.equal(['c1', 2]);
    const details = must(shown.root, 'parley-delivery-details');
    const lines = (): string[] =>
      [...(details.shadowRoot?.querySelectorAll('li') ?? [])].map((line) => line.textContent?.replace(/\s+/g, ' ').trim() ?? '');
    expect(lines()).to.deep.equal(['Mark Lee Read', 'Lena Fischer Held until available', 'Omar Haddad Queued until they sign in']);
    await accessible(shown.timeline);
    recipients.next([
      { user: mark.id, state: 'read' },
      { user: lena.id, state: 'delivered' },
      { user: omar.id, state: 'ended' },
    ]);
    await settled(details);
    expect(lines()).to.deep.equal(['Mark Lee Read', 'Lena Fischer Delivered', 'Omar Haddad Session ended']);
    must(details.shadowRoot!, 'ul').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    await until(() => deep(shown.root, '.details:popover-open') === null, 'Escape closes it');
    expect(shown.root.activeElement === button, 'and the focus is back').to.equal(true);
  });

  it('[S6] says of a message that some have and others will have later that it is held', async () => {
    const shown = await open((log) => {
      const item = log.item(1, anna.id, 'for later');
      log.add(item.type === 'entry' ? { ...item, state: 'held' } : item);
    });
    expect(must(shown.root, '.state .who').textContent?.trim()).to.equal('Held until available');
  });
});
