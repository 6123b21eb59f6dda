import { el, find } from './element.js';
import type { DemoPerson, HostApi } from './host-api.js';

export function personInAddress(otherwise = 'anna'): string {
  return new URLSearchParams(location.search).get('as') ?? otherwise;
}

/** Which of several regions a person works for now; empty for their usual one. */
export function regionInAddress(): string {
  return new URLSearchParams(location.search).get('region') ?? '';
}

/** Shows who is signed in, with a list to sign in as somebody else. Returns the person, or null when the address names nobody. */
export async function showSignedIn(
  api: HostApi,
  as: string,
  fits: (person: DemoPerson) => boolean = () => true,
): Promise<DemoPerson | null> {
  const people = (await api.people()).filter(
    (person) => !person.headless && person.chat === 'offered' && (person.id === as || fits(person)),
  );
  const signedIn = people.find((person) => person.id === as) ?? null;
  const choice = el('select', { 'aria-label': 'Signed in as', title: 'Choosing a person is the sign-in of this demo' });
  for (const person of people) {
    const option = el('option', { value: person.id }, person.name);
    option.selected = person === signedIn;
    choice.append(option);
  }
  if (!signedIn) choice.prepend(el('option', { value: '', selected: true }, 'Nobody'));
  choice.addEventListener('change', () => void signInAs(choice.value));
  find('#signed-in').replaceChildren(choice);
  // Side by side, the window around says who it is.
  document.body.classList.toggle('framed', window !== window.parent);
  if (signedIn && new URLSearchParams(location.search).has('chat')) document.querySelector('parley-chat-panel')?.setAttribute('open', '');
  return signedIn;
}

/** Nothing of the person before is to remain in the browser: a new page alone would leave what they had open. */
async function signInAs(person: string): Promise<void> {
  if (customElements.get('parley-session')) await document.querySelector('parley-session')?.end();
  const address = new URL(location.href);
  address.searchParams.set('as', person);
  address.searchParams.delete('region');
  location.assign(address);
}
