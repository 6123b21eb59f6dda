import type { ParleyEvent, ParleyEventName } from 'parley-chat/widgets';
import { el } from '../page/element.js';

/** Every event that Parley has: a new one that is missing here is an error of the compiler. */
const EVENTS: Readonly<Record<ParleyEventName, true>> = {
  'parley-item-open': true,
  'parley-message-send': true,
  'parley-chat-open': true,
  'parley-item-link': true,
  'parley-item-linked': true,
  'parley-message-sent': true,
  'parley-conversation-opened': true,
  'parley-unread-change': true,
  'parley-notice': true,
  'parley-panel-open': true,
  'parley-panel-close': true,
  'parley-focus-enter': true,
  'parley-focus-leave': true,
  'parley-user-confirm': true,
  'parley-lock-change': true,
  'parley-session-change': true,
  'parley-status-change': true,
};
/** Older ones go: a page that is left open must not grow. */
const KEPT = 200;

/** Writes down every event that comes out of Parley's elements, the newest at the top. */
export class EventLog {
  readonly #list: HTMLElement;
  /** Whether questions are answered with no. */
  refusing = false;

  constructor(list: HTMLElement) {
    this.#list = list;
    this.clear();
    for (const name of Object.keys(EVENTS) as ParleyEventName[]) document.addEventListener(name, (event) => this.#note(event));
  }

  clear(): void {
    this.#list.replaceChildren(el('li', { class: 'empty' }, 'Nothing yet. Open the chat, write something, change your status.'));
  }

  #note(event: ParleyEvent<ParleyEventName>): void {
    if (event.cancelable && this.refusing) event.preventDefault();
    const asks = event.cancelable ? (event.defaultPrevented ? ' asked, cancelled' : ' asked') : '';
    const target = event.target instanceof Element ? event.target.localName : '';
    this.#list.querySelector('.empty')?.remove();
    this.#list.prepend(
      el(
        'li',
        {},
        el('time', {}, new Date().toTimeString().slice(0, 8)),
        el('span', {}, el('b', {}, event.type), asks),
        el('code', {}, `<${target}> ${JSON.stringify(event.detail)}`),
      ),
    );
    while (this.#list.children.length > KEPT) this.#list.lastElementChild?.remove();
  }
}
