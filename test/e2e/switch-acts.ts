import type { Page } from 'playwright-core';

/** What somebody may be in the middle of when the next one sits down. */
export const SITUATIONS = [
  'reading',
  'typing',
  'sending',
  'searching',
  'linking',
  'calling',
  'emoji',
  'predefined',
  'history',
  'settings',
  'people',
  'ringing',
  'offline',
  'resuming',
  'loading',
  'tab',
] as const;
export type Situation = (typeof SITUATIONS)[number];

export interface Act {
  situation: Situation;
  chat: string;
  ward: string;
  /** Words of the person: of a draft, a message, a search, a call and an item. */
  words: { draft: string; own: string; sought: string; call: string; item: string };
}

/** Which of their words can be seen of what they are in the middle of. */
export const OWN_WORD: Readonly<Partial<Record<Situation, keyof Act['words']>>> = {
  typing: 'draft',
  sending: 'own',
  searching: 'sought',
  linking: 'draft',
  calling: 'call',
  history: 'sought',
  offline: 'own',
  resuming: 'own',
};

/** Brings the person into it; what does not come within seconds is switched away from as it stands. */
export function bring(page: Page, act: Act): Promise<void> {
  return page.evaluate(async ({ situation, chat, ward, words }) => {
    const within = (selector: string, root: ParentNode): HTMLElement | null => {
      const here = root.querySelector<HTMLElement>(selector);
      if (here !== null) return here;
      for (const { shadowRoot } of root.querySelectorAll('*')) {
        const found = shadowRoot === null ? null : within(selector, shadowRoot);
        if (found !== null) return found;
      }
      return null;
    };
    /** Each part within the shadow root of the one before it, or in one further inside. */
    const find = (path: string): HTMLElement | null => {
      let root: ParentNode | null = document;
      let found: HTMLElement | null = null;
      for (const selector of path.split(' >> ')) {
        found = root === null ? null : within(selector, root);
        root = found?.shadowRoot ?? null;
      }
      return found;
    };
    const until = async (selector: string): Promise<HTMLElement | null> => {
      for (const end = performance.now() + 5_000; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 8))) {
        const found = find(selector);
        if (found !== null) return found;
      }
      return null;
    };
    const type = (field: HTMLElement | null, text: string): void => {
      if (!(field instanceof HTMLTextAreaElement) && !(field instanceof HTMLInputElement)) return;
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    };
    const client = document.querySelector('parley-session')?.client;
    const session = client?.session;
    if (!client || !session) return;
    document.hasFocus = () => situation !== 'ringing';
    client.host.register('study', {
      getCurrent: () => ({ kind: 'study', id: words.item }),
      resolve: ({ id }) => ({ title: `about ${id}` }),
    });
    document.querySelector('parley-chat-panel')?.show();
    session.open(situation === 'ringing' ? null : chat);
    if (situation === 'ringing') await session.saveSettings({ desktop: true }).catch(() => undefined);
    else await until('parley-timeline >> [part~="message"]');
    if (situation === 'typing') type(await until('parley-composer >> textarea'), words.draft);
    else if (situation === 'sending' || situation === 'offline' || situation === 'resuming') {
      for (const [at, conversation] of [chat, ward, ward].entries()) session.send(conversation, { text: `${words.own} ${String(at)}` });
      type(find('parley-composer >> textarea'), words.draft);
    } else if (situation === 'searching') {
      session.open(null);
      type(await until('parley-chat-list >> input'), words.sought);
      await new Promise((resolve) => setTimeout(resolve, 30));
    } else if (situation === 'linking') session.drafts.update(chat, { text: words.draft, links: [{ kind: 'study', id: words.item }] });
    else if (situation === 'calling') {
      client.host.setCall({ name: words.call, number: '1' });
      session.drafts.compose(chat, { context: { name: words.call, number: '1' }, text: words.draft });
    } else if (situation === 'emoji' || situation === 'predefined' || situation === 'loading') {
      find(`parley-composer-tools >> .${situation === 'predefined' ? 'predefined' : 'emoji'}`)?.click();
      if (situation !== 'loading') await until(`parley-${situation === 'emoji' ? 'emoji-picker' : 'predefined-menu'}`);
    } else if (situation === 'history') {
      find('[part~="history-button"]')?.click();
      type(await until('parley-history-dialog >> input'), words.sought);
    } else if (situation === 'settings') {
      find('[part~="settings-button"]')?.click();
      await until('parley-settings-dialog >> dialog[open]');
    } else if (situation === 'people') {
      find('parley-conversation >> [aria-label="People in this chat"]')?.click();
      await until('parley-chat-people >> li');
    } else if (situation === 'ringing') {
      for (const end = performance.now() + 1_000; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 20)))
        if (window.notifications?.some(({ closed }) => !closed) === true) break;
    }
  }, act);
}
