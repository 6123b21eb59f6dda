import { el, find } from '../page/element.js';
import type { Appointment } from '../page/host-api.js';
import { badge, openSuite, say } from './suite.js';

const DAYS = ['Mon 23', 'Tue 24', 'Wed 25', 'Thu 26', 'Fri 27'];
const FIRST_HOUR = 8;
const HOURS = 10;
/** Rows of the grid in an hour. */
const STEPS = 4;

const { api, as, person, people } = await openSuite('calendar');
const byId = new Map(people.map((one) => [one.id, one]));
const mine = find('#mine') as HTMLInputElement;
let appointments: Appointment[] = [];

function show(): void {
  const shown = appointments.filter((one) => !mine.checked || one.people.includes(as));
  find('#week').replaceChildren(
    ...DAYS.map((name, day) =>
      el(
        'section',
        { class: 'day', 'aria-label': name },
        el('h3', {}, name),
        el('ul', { class: 'slots' }, ...shown.filter((one) => one.day === day).map(entry)),
      ),
    ),
  );
}

function entry({ from, to, title, place, people: ids }: Appointment): HTMLElement {
  const item = el(
    'li',
    { class: `appointment ${ids.includes(as) ? 'mine' : ''} ${to - from < 1 ? 'short' : ''}`, title: `${title}, ${place}` },
    el('b', {}, title),
    el('span', {}, `${hour(from)}–${hour(to)}, ${place}`),
    el('span', { class: 'with' }, ...ids.map((id) => badge(byId.get(id)))),
  );
  // Set through the object model: a policy without 'unsafe-inline' forbids the attribute only.
  item.style.gridRow = `${String((from - FIRST_HOUR) * STEPS + 1)} / ${String(Math.min((to - FIRST_HOUR) * STEPS + 1, HOURS * STEPS + 1))}`;
  return item;
}

const hour = (at: number): string => `${String(Math.floor(at)).padStart(2, '0')}:${String(Math.round((at % 1) * 60)).padStart(2, '0')}`;

mine.addEventListener('change', show);
if (person === null) say('Nobody is signed in. Choose a person at the top.');
else {
  appointments = await api.appointments();
  show();
}
