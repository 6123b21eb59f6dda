import type { HTMLAttributes, PublicProps } from 'vue';
import type { ParleyTag, PascalListeners, Properties } from './properties.js';

/*
 * `import type {} from 'parley-chat/frameworks/vue'` in one file: templates of Vue 3 know the tags, their properties and events. That they are
 * elements and no components, `compilerOptions.isCustomElement` says.
 */
export type ParleyGlobalComponents = {
  [T in ParleyTag]: new () => { $props: PublicProps & Omit<HTMLAttributes, keyof Properties<T>> & Properties<T> & PascalListeners };
};

declare module 'vue' {
  interface GlobalComponents extends ParleyGlobalComponents {}
}
