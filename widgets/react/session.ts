import { SessionElement } from '../session/session.js';
import { component } from './component.js';

/** `<parley-session>` as a React component, with its properties and with the events of all elements. */
export const Session = component(SessionElement, 'Session');
