import type { Parley } from 'parley-chat';
import { clock, embedChat } from '../page/chat.js';
import { find } from '../page/element.js';
import { HostApi } from '../page/host-api.js';
import type { DemoPerson, ExchangeState } from '../page/host-api.js';
import { showPolicies } from '../page/policies.js';
import { personInAddress, showSignedIn } from '../page/signed-in.js';
import { showCalls, TransferAssistant } from './active-call.js';
import { CallQueue, length, showDurations } from './call-list.js';
import { DirectoryTable } from './directory-table.js';

const as = personInAddress('kim');
const api = new HostApi(as);
let exchange: ExchangeState = { calls: [], phones: {} };
let target: string | null = null;

const own = () => exchange.calls.filter(({ operator, state }) => operator === as && (state === 'talking' || state === 'held'));
const talking = () => own().find(({ state }) => state === 'talking');

const chat = embedChat({
  as,
  api,
  own: { kind: 'call', current: () => talking()?.id ?? null, open: () => find('#active').scrollIntoView() },
});
showPolicies(api);
const isStaff = ({ host }: DemoPerson) => host === 'console';
const person = await showSignedIn(api, as, isStaff);
const people = (await api.people()).filter(isStaff);
const byId = new Map(people.map((one) => [one.id, one]));

const queue = new CallQueue(byId, (id) => void press('answer', id));
const assistant = new TransferAssistant(byId, { choose, transfer: () => acts['transfer']?.(), message: () => void message() });
const directory = new DirectoryTable(people, choose);

function say(text: string): void {
  find('#said').textContent = text;
}

function choose(id: string): void {
  target = id;
  show();
}

async function press(act: Parameters<HostApi['press']>[0], id?: string): Promise<void> {
  try {
    await api.press(act, id);
    say('');
  } catch (cause) {
    say(cause instanceof Error ? cause.message : 'That did not work');
  }
}

/** Begins a message to whom the call could go to. Parley puts the caller's name and number into it (M11). */
async function message(): Promise<void> {
  const session = document.querySelector<HTMLElement & { client?: Parley | null }>('parley-session')?.client?.session;
  const panel = document.querySelector<HTMLElement & { show?: () => void }>('parley-chat-panel');
  if (!session || target === null) return say('The chat is not available now');
  try {
    await session.openChat({ to: target });
    panel?.show?.();
  } catch (cause) {
    say(cause instanceof Error ? cause.message : 'The chat could not be opened');
  }
}

let suggestedFor: string | null = null;

/** Who was asked for is whom a call goes to, until the operator chooses somebody else. */
function suggest(call: string | null, wanted: string | null): void {
  if (call === null || call === suggestedFor) return;
  suggestedFor = call;
  target = wanted;
  show();
}

/** What was shown last: parts of the page are made again only when they say something else. */
let shownCalls = '';

function show(): void {
  const waiting = exchange.calls.filter(({ state }) => state === 'queued');
  queue.show(waiting);
  directory.showPhones(exchange.phones);
  directory.mark(target);
  assistant.show(target, exchange.phones, own().length > 0);
  find('#waiting').textContent = String(waiting.length);
  const calls = JSON.stringify(own());
  if (calls !== shownCalls) {
    shownCalls = calls;
    showCalls(own());
    const caller = talking()?.caller;
    chat.setCall(caller ? { name: caller.name, number: caller.number } : null);
    chat.refresh();
    suggest(talking()?.id ?? null, talking()?.wanted ?? null);
  }
  tick();
}

function tick(): void {
  showDurations();
  const first = exchange.calls.find(({ state }) => state === 'queued');
  find('#longest').textContent = first ? length(first.since) : '0:00';
  find('#clock').textContent = clock(Date.now());
}

const acts: Record<string, () => void> = {
  answer: () => void press('answer'),
  search: () => directory.focusSearch(),
  hold: () => void press('hold'),
  transfer: () => (target === null ? say('Choose a person in the directory first') : void press('transfer', target)),
  release: () => void press('release'),
  ring: () => void press('ring'),
};
const KEYS: Readonly<Record<string, string>> = { F2: 'answer', F3: 'search', F4: 'hold', F7: 'transfer', F8: 'release' };

for (const button of document.querySelectorAll<HTMLElement>('[data-act]'))
  button.addEventListener('click', () => acts[button.dataset['act'] ?? '']?.());
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const act = KEYS[event.key];
  if (act === undefined) return;
  event.preventDefault();
  acts[act]?.();
});

if (person === null || !isStaff(person)) say('Nobody of the switchboard is signed in. Choose a person at the top.');
else {
  const events = new EventSource(api.address('exchange/events'));
  events.addEventListener('message', ({ data }) => {
    exchange = JSON.parse(String(data)) as ExchangeState;
    show();
  });
  events.addEventListener('error', () => say('The exchange cannot be reached; what is shown may be old.'));
  events.addEventListener('open', () => say(''));
  setInterval(tick, 1000);
}
show();
