import { Banner as BannerElement } from '../banner/banner.js';
import { component } from './component.js';

/** `<parley-banner>` as a React component, with its properties and with the events of all elements. */
export const Banner = component(BannerElement, 'Banner');
