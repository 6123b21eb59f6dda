import { LinkCurrentItem as LinkCurrentItemElement } from '../link-current-item/link-current-item.js';
import { component } from './component.js';

/** `<parley-link-current-item>` as a React component, with its properties and with the events of all elements. */
export const LinkCurrentItem = component(LinkCurrentItemElement, 'LinkCurrentItem');
