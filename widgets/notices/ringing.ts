import type { Notice, Session, Settings } from '#sdk';
import type { Localisation } from '../internal/localisation.js';
import { followPageLanguage, type Speaking } from '../session/page-language.js';
import { notify } from './desktop.js';
import { Doorbell } from './doorbell.js';
import { noticeWords } from './notice-words.js';
import { TitleBlink } from './title-blink.js';

/** What one hears and sees outside the page when it rings: loaded when the page has time for it, at the latest by the first ring. */
export class Ringing {
  readonly title: TitleBlink;
  readonly #doorbell: Doorbell;
  readonly #shown = new Set<Notification>();

  /** `subscriptions`: what ends with the session element's duties. */
  constructor(element: Speaking, subscriptions: { unsubscribe(): void }[]) {
    const { ownerDocument: document } = element;
    this.title = new TitleBlink(document);
    this.#doorbell = new Doorbell(document);
    // Not of the bell, but wanted as late: what comes before is paid for by everybody who opens a chat.
    if (element.isConnected) subscriptions.push(followPageLanguage(element));
  }

  ring(notice: Notice, session: Session, settings: Settings, localisation: Localisation): void {
    if (settings.sound) this.#doorbell.ring();
    if (!settings.desktop || document.hasFocus()) return;
    const title = noticeWords(notice, session.directory.person(notice.from), localisation);
    notify({ title, body: notice.text ?? '', tag: notice.conversation }, this.#shown, () => {
      window.focus();
      if (notice.type === 'message') session.open(notice.conversation);
      session.setPanelOpen(true);
    });
  }

  /** It was for somebody who is signed in no more: the next user hears and sees nothing of it. */
  stop(): void {
    this.#doorbell.stop();
    for (const notification of this.#shown) notification.close();
    this.#shown.clear();
  }
}
