import { el, find } from '../page/element.js';
import type { DemoPerson, DemoTenant } from '../page/host-api.js';

/** Which region the board is of; a list to change it for those who work for several. Whether there is chat is each region's own choice (E1). */
export function showRegions(tenants: readonly DemoTenant[], person: DemoPerson | null, region: string): void {
  const place = find('#where');
  if (person === null) {
    place.textContent = 'nobody is signed in';
    return;
  }
  const mine = tenants.filter(({ id }) => id === person.tenant || person.alsoIn?.includes(id));
  const shown = mine.find(({ id }) => id === region) ?? mine[0];
  if (mine.length < 2) {
    place.textContent = shown?.name ?? '';
    return;
  }
  const choice = el('select', { 'aria-label': 'Region' }, ...mine.map(({ id, name }) => el('option', { value: id }, name)));
  choice.value = shown?.id ?? '';
  choice.addEventListener('change', () => {
    const url = new URL(location.href);
    url.searchParams.set('region', choice.value);
    url.searchParams.delete('resource');
    location.assign(url);
  });
  place.replaceChildren(choice);
}
