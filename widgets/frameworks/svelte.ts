import type { HTMLAttributes } from 'svelte/elements';
import type { Listeners, ParleyTag, Properties } from './properties.js';

/* `import type {} from 'parley-chat/frameworks/svelte'` in one file: Svelte 5 knows the tags, their properties and events. */
export type ParleySvelteElements = {
  [T in ParleyTag]: Omit<HTMLAttributes<HTMLElementTagNameMap[T]>, keyof Properties<T>> & Properties<T> & Listeners;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends ParleySvelteElements {}
}
