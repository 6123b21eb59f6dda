import { el, find } from './element.js';
import type { DemoPerson, HostApi } from './host-api.js';

export function personInAddress(): string {
  return new URLSearchParams(location.search).get('as') ?? 'anna';
}

/** Shows who is signed in, with a list to sign in as somebody else. Returns the person, or null when the address names nobody. */
export async function showSignedIn(api: HostApi, as: string): Promise<DemoPerson | null> {
  const people = (await api.people()).filter((person) => !person.headless);
  const signedIn = people.find((person) => person.id === as) ?? null;
  const choice = el('select', { 'aria-label': 'Signed in as', title: 'Choosing a person is the sign-in of this demo' });
  for (const person of people) {
    const option = el('option', { value: person.id }, person.name);
    option.selected = person === signedIn;
    choice.append(option);
  }
  if (!signedIn) choice.prepend(el('option', { value: '', selected: true }, 'Nobody'));
  choice.addEventListener('change', () => {
    const address = new URL(location.href);
    address.searchParams.set('as', choice.value);
    location.assign(address);
  });
  find('#signed-in').replaceChildren(choice);
  // Side by side, the window around says who it is.
  document.body.classList.toggle('framed', window !== window.parent);
  if (new URLSearchParams(location.search).get('chat') === 'open') document.querySelector('parley-chat-panel')?.setAttribute('open', '');
  return signedIn;
}
