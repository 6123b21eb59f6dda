import { Api, readToken } from './api.js';
import type { Bearer } from './api.js';
import { conversationsCard } from './conversations.js';
import { element, field, timeOf } from './dom.js';
import { overviewCards } from './overview.js';
import { policiesCard } from './policies.js';
import { predefinedCard } from './predefined.js';
import { revokeCard } from './revoke.js';

const page = document.querySelector('#page') as HTMLElement;
/** What the signed-in page still does: ends with it. */
let session = new AbortController();

function showSignIn(reason = ''): void {
  session.abort();
  const token = element('input', { type: 'password', autocomplete: 'off', spellcheck: 'false', required: true, name: 'token' });
  const status = element('p', { role: 'alert', class: 'bad-text' }, reason);
  const submit = (event: Event) => {
    event.preventDefault();
    const given = token.value.trim();
    token.value = '';
    try {
      showPage(given, readToken(given));
    } catch {
      status.textContent = 'That is no token: three parts, separated by dots.';
    }
  };
  page.replaceChildren(
    element('header', {}, element('h1', {}, 'Parley administration')),
    element(
      'main',
      { class: 'sign-in' },
      element(
        'section',
        {},
        element('h2', {}, 'Sign in'),
        element(
          'p',
          {},
          'Paste a token of your organisation with the right parley:admin. It stays in this page until the page is closed or the token ends.',
        ),
        element(
          'form',
          { submit },
          field('Token', token),
          element('div', { class: 'buttons' }, element('button', { class: 'first' }, 'Sign in')),
        ),
        status,
        element(
          'p',
          { class: 'quiet' },
          'The rights parley:policies and parley:directory let you change policies and predefined messages, and revoke people. An operator makes one with: ',
          element('code', {}, 'parley token … --scope "parley:admin parley:policies parley:directory"'),
        ),
      ),
    ),
  );
  token.focus();
}

function showPage(token: string, { tenant, name, endsAt }: Bearer): void {
  session = new AbortController();
  const { signal } = session;
  const api = new Api(token, () => {
    if (!signal.aborted) showSignIn('The server does not accept this token, or no more.');
  });
  const title = element('h1', { tabindex: '-1' }, `Parley administration: ${tenant}`);
  const end = setTimeout(() => showSignIn('The token has ended.'), Math.max(0, endsAt - Date.now()));
  signal.addEventListener('abort', () => clearTimeout(end));
  page.replaceChildren(
    element(
      'header',
      {},
      title,
      element('span', { class: 'quiet' }, `${name}, until ${timeOf(endsAt)}`),
      element('button', { type: 'button', click: () => showSignIn() }, 'Sign out'),
    ),
    element(
      'main',
      {},
      element('div', { class: 'column' }, ...overviewCards(api, signal), revokeCard(api), predefinedCard(api)),
      element('div', { class: 'column' }, policiesCard(api)),
      conversationsCard(api),
    ),
  );
  title.focus();
}

showSignIn();
