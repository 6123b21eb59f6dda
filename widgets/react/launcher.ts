import { Launcher as LauncherElement } from '../launcher/launcher.js';
import { component } from './component.js';

/** `<parley-launcher>` as a React component, with its properties and with the events of all elements. */
export const Launcher = component(LauncherElement, 'Launcher');
