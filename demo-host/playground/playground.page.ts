import type { Parley } from 'parley-chat';
import { embedChat } from '../page/chat.js';
import { find } from '../page/element.js';
import { HostApi } from '../page/host-api.js';
import { showPolicies } from '../page/policies.js';
import { personInAddress, showSignedIn } from '../page/signed-in.js';
import { choice, surroundings } from '../page/surroundings.js';
import { EventLog } from './event-log.js';
import { networkForm } from './network-form.js';

const as = personInAddress();
const api = new HostApi(as);
const log = new EventLog(find('#events'));
const cancel = find('#cancel') as HTMLInputElement;
find('#clear').addEventListener('click', () => log.clear());
cancel.addEventListener('change', () => (log.refusing = cancel.checked));

const panel = find('parley-chat-panel');
find('#page').append(
  ...surroundings(),
  choice(
    'Messages',
    [
      ['bubble', 'As bubbles'],
      ['log', 'As a log'],
    ],
    (style) => panel.setAttribute('message-style', style),
  ),
  choice(
    'Scheme',
    [
      ['', "The system's"],
      ['light', 'Light'],
      ['dark', 'Dark'],
    ],
    (scheme) => (document.documentElement.style.colorScheme = scheme),
  ),
);

embedChat({ as, api });
showPolicies(api);
await showSignedIn(api, as);
find('#network').append(...networkForm(api, find('#network-said')));
panel.setAttribute('open', '');

await customElements.whenDefined('parley-session');
const session = find('parley-session') as HTMLElement & { client?: Parley | null };
session.client?.connection$.subscribe(({ state, reason }) => {
  find('#connection').textContent = `Connection: ${state}${reason ? `, ${reason}` : ''}`;
});
