import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { Listeners, ParleyTag, Properties } from './properties.js';

/* `import type {} from 'parley-chat/frameworks/react'` in one file: React 19 knows the tags, their properties and events. */
export type ParleyIntrinsicElements = {
  [T in ParleyTag]: DetailedHTMLProps<HTMLAttributes<HTMLElementTagNameMap[T]>, HTMLElementTagNameMap[T]> & Properties<T> & Listeners;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends ParleyIntrinsicElements {}
  }
}
