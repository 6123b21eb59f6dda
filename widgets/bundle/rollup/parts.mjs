import { built } from './paths.mjs';

/**
 * Few, because a file does not share its dictionary with the next: 27 of them weighed 13 kB more than ten, and each is a request.
 *
 *   noticing   who is signed in is told of messages
 *   inside     the chat itself
 *   idle       what the panel asks for once it has time, for when it is needed at once or when nothing can be loaded any more
 *   signed-in  what is needed soon after a sign-in, with no panel: unsent messages on disk, the bell, half of a badge
 *   page       elements that stand on the host's own page
 *   more       every dialog and menu, the contacts, the tabs
 *   emoji      with the picker comes a file of its own, and many never open it
 */
const PARTS = {
  noticing: ['widgets/notices/noticing.js'],
  inside: ['widgets/inside.js', 'sdk/stores/open-chats.js'],
  idle: [
    'widgets/chat-list/chat-search.js',
    'widgets/connection-notice/connection-notice.js',
    'widgets/link-card/link-card.js',
    'widgets/status-menu/status-choices.js',
  ],
  'signed-in': ['sdk/outbox/disk-keeper.js', 'widgets/notices/ringing.js', 'widgets/presence-badge/phone-half.js'],
  page: ['widgets/banner/banner-stack.js', 'widgets/people/people-table.js'],
  more: ['widgets/more.js', 'widgets/presence-badge/badge-menu.js'],
  emoji: ['widgets/emoji/emoji-picker.js'],
};

/** What a page loads at once is the core; each part is what its modules import and those before it have not. The rest Rollup divides by itself. */
export function parts() {
  let partOf = null;
  return (id, { getModuleInfo }) => {
    if (partOf === null) {
      partOf = new Map();
      const take = (name, file) => {
        if (partOf.has(file)) return;
        partOf.set(file, name);
        for (const next of getModuleInfo(file)?.importedIds ?? []) take(name, next);
      };
      partOf.set('\0parley', undefined);
      for (const file of getModuleInfo('\0parley').importedIds) take('core', file);
      for (const [name, files] of Object.entries(PARTS)) for (const file of files) take(name, built(file));
    }
    return partOf.get(id);
  };
}
