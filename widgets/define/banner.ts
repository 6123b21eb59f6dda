import { define } from '../internal/define.js';
import { Banner } from '../banner/banner.js';

/* Importing this file defines the element. */
define(Banner);
export { Banner };
