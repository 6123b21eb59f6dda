import { People as PeopleElement } from '../people/people.js';
import { component } from './component.js';

/** `<parley-people>` as a React component, with its properties and with the events of all elements. */
export const People = component(PeopleElement, 'People');
