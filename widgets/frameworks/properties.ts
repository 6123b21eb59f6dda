import type { LitElement } from 'lit';
import type { ParleyEvent, ParleyEventName } from '../internal/events.js';

/** The elements by their tags. */
export type ParleyTag = Extract<
  keyof HTMLElementTagNameMap,
  `parley-${'banner' | 'chat-panel' | 'launcher' | 'link-current-item' | 'people' | 'presence-badge' | 'session'}`
>;

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Those that can be set, and are no methods. A function that a host gives may be left out, and is null then. */
type Settable<E> = {
  [
    K in keyof E as K extends symbol | keyof LitElement
      ? never
      : E[K] extends (...given: never) => unknown
        ? never
        : Same<Pick<E, K>, Readonly<Pick<E, K>>> extends true
          ? never
          : K
  ]?: E[K];
};

/** What an element of Parley can be given besides what every element can. */
export type Properties<T extends ParleyTag> = Settable<HTMLElementTagNameMap[T]>;

/** Handlers as React 19 and Svelte 5 name them: `onparley-item-open`. */
export type Listeners = { [N in ParleyEventName as `on${N}`]?: (event: ParleyEvent<N>) => void };

type Pascal<N extends string> = N extends `${infer First}-${infer Rest}` ? `${Capitalize<First>}${Pascal<Rest>}` : Capitalize<N>;
/** Handlers as Vue passes them on: `@parley-item-open` is `onParleyItemOpen`. */
export type PascalListeners = { [N in ParleyEventName as `on${Pascal<N>}`]?: (event: ParleyEvent<N>) => void };
