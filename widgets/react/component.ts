import { createComponent, type ReactWebComponent } from '@lit/react';
import * as React from 'react';
import { define, type Definable } from '../internal/define.js';
import { tagOf } from '../internal/prefix.js';
import { ELEMENT_EVENTS, type ElementEvents } from './events.js';

/** Defines the element, and makes a component of it. */
export function component<E extends HTMLElement>(
  element: Definable & (new () => E),
  displayName: string,
): ReactWebComponent<E, ElementEvents> {
  define(element);
  return createComponent({ react: React, tagName: tagOf(element.tag), elementClass: element, events: ELEMENT_EVENTS, displayName });
}
