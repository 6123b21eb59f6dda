import { inWords } from './api.js';
import type { Api } from './api.js';
import { card, element, field } from './dom.js';

/** Ends every session of a person, now and on all nodes; asked twice. */
export function revokeCard(api: Api): HTMLElement {
  const { section, show, say } = card('Revoke a person');
  const id = element('input', { name: 'user', required: true, autocomplete: 'off', spellcheck: 'false', maxlength: '256' });
  const ask = (event: Event) => {
    event.preventDefault();
    const user = id.value.trim();
    if (user === '') return;
    say('');
    const sure = element('button', { type: 'button', class: 'danger', click: () => void revoke(user) }, `Revoke ${user}`);
    show(
      element(
        'p',
        {},
        `Every token of ${user} until now is refused, and their connections are closed. With a new token of your system they can come back.`,
      ),
      element('div', { class: 'buttons' }, sure, element('button', { type: 'button', click: start }, 'Cancel')),
    );
    sure.focus();
  };
  const form = element(
    'form',
    { submit: ask },
    field('Id of the person, as your tokens have it in sub', id),
    element('div', { class: 'buttons' }, element('button', {}, 'Revoke …')),
  );
  const start = () => {
    show(form);
    id.focus();
  };
  const revoke = async (user: string) => {
    try {
      await api.ask('POST', `/users/${encodeURIComponent(user)}/revoke`);
      id.value = '';
      say(`${user} is signed out everywhere.`);
    } catch (error) {
      say(inWords(error, 'parley:directory'), true);
    }
    start();
  };
  show(form);
  return section;
}
