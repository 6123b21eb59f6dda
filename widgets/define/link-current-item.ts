import { define } from '../internal/define.js';
import { LinkCurrentItem } from '../link-current-item/link-current-item.js';

/* Importing this file defines the element. */
define(LinkCurrentItem);
export { LinkCurrentItem };
