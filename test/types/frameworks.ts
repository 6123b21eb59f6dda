import type { ComponentProps, JSX } from 'react';
import type { SvelteHTMLElements } from 'svelte/elements';
import type { GlobalComponents } from 'vue';
import type {} from 'parley-chat/frameworks/react';
import type {} from 'parley-chat/frameworks/svelte';
import type {} from 'parley-chat/frameworks/vue';
import type { ChatPanel, Session } from 'parley-chat/react';
import type { ParleyEvent } from 'parley-chat/widgets';

/* What the frameworks of hosts know of the tags. It is compiled and never run. */
export const react: JSX.IntrinsicElements['parley-chat-panel'] = {
  placement: 'page',
  messageStyle: 'log',
  className: 'side',
  'onparley-item-open': ({ detail }) => detail.link.id.length,
};
export const session: JSX.IntrinsicElements['parley-session'] = {
  server: 'https://chat.example.org',
  token: async () => 'a.b.c',
  idleAfter: 5,
};
// @ts-expect-error it is no placement
export const nowhere: JSX.IntrinsicElements['parley-chat-panel'] = { placement: 'nowhere' };
// @ts-expect-error methods are called, not given
export const method: JSX.IntrinsicElements['parley-chat-panel'] = { show: () => undefined };
// @ts-expect-error what is read only is not given
export const readOnly: JSX.IntrinsicElements['parley-banner'] = { notices: [] };

export const svelte: SvelteHTMLElements['parley-presence-badge'] = {
  user: 'mark',
  words: true,
  'onparley-chat-open': ({ detail }) => detail.users,
};

type VueProps = InstanceType<GlobalComponents['parley-launcher']>['$props'];
export const vue: VueProps = { iconOnly: true, onParleyPanelOpen: ({ detail }) => detail.placement };

export const component: ComponentProps<typeof ChatPanel> = { placement: 'docked', onPanelOpen: (event) => event.detail.placement };
export const provider: ComponentProps<typeof Session> = { server: '', onSessionChange: ({ detail }) => detail.user };
// @ts-expect-error the event has another detail
export const wrong: ComponentProps<typeof ChatPanel> = { onPanelOpen: ({ detail }: ParleyEvent<'parley-item-open'>) => detail.link };
