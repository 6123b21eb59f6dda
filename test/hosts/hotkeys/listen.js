import { install } from '@github/hotkey';
import hotkeys from 'hotkeys-js';
import hotkeysOfBefore from 'hotkeys-js-of-before';
import Mousetrap from 'mousetrap';
import MousetrapOfBefore from 'mousetrap-of-before';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { useHotkeys } from 'react-hotkeys-hook';
import { tinykeys } from 'tinykeys';

/*
 * A host that binds the same keys by every library that hosts use, each in the plainest way of its documentation. As in viewers, a command
 * runs at once, and the browser does not do what the key does otherwise: last, because some libraries leave alone what another has taken.
 */
const fired = [];
const paused = { capture: false };
window.hotkeys = { fired, paused };

/** By the browser's names; the libraries have names of their own for those that type nothing. */
const LETTERS = ['r', 'l', 'f', 'h', 'v', 'i', '1', '2', '+', '-'];
const OTHERS = ['Space', 'Enter', 'Escape', 'Backspace', 'Delete', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];

const command =
  (library) =>
  ({ key }) => {
    fired.push(`${library}: ${key}`);
  };

const short = { Escape: 'esc', Delete: 'del' };
const plain = (key) => short[key] ?? key.replace('Arrow', '').toLowerCase();

Mousetrap.bind([...LETTERS, ...OTHERS.map(plain)], command('mousetrap 1.6.5'));
MousetrapOfBefore.bind([...LETTERS, ...OTHERS.map(plain)], command('mousetrap 1.6.2'));
// Its plus sign joins keys.
const listed = [...LETTERS.filter((key) => key !== '+'), ...OTHERS.map((key) => (key === 'Delete' ? 'delete' : plain(key)))].join(',');
hotkeys(listed, command('hotkeys-js 4.1.2'));
hotkeysOfBefore(listed, command('hotkeys-js 3.9.4'));
tinykeys(window, Object.fromEntries([...LETTERS.filter((key) => key !== '+'), ...OTHERS].map((key) => [key, command('tinykeys 4.0.0')])));

function Viewer() {
  useHotkeys(
    [...LETTERS.filter((key) => key !== '+' && key !== '-'), ...OTHERS.map((key) => plain(key))],
    command('react-hotkeys-hook 5.4.0'),
  );
  return createElement('span', null, 'viewer');
}
createRoot(document.body.appendChild(document.createElement('div'))).render(createElement(Viewer));

// Letters of its own, because it takes the keypress from the others.
for (const key of ['j', 'k']) {
  const button = document.body.appendChild(document.createElement('button'));
  button.textContent = `command ${key}`;
  button.tabIndex = -1;
  button.addEventListener('click', () => fired.push(`@github/hotkey 3.1.4: ${key}`));
  install(button, key);
}

// By hand, as in most hosts: at the document, and at the window before anybody else.
document.addEventListener('keydown', (event) => {
  if (!['INPUT', 'TEXTAREA'].includes(event.target.tagName) && (LETTERS.includes(event.key) || OTHERS.includes(event.code)))
    command('by hand')(event);
});
addEventListener(
  'keydown',
  (event) => {
    if (paused.capture || ['INPUT', 'TEXTAREA'].includes(event.target.tagName)) return;
    if (LETTERS.includes(event.key)) command('by hand, capturing')(event);
  },
  true,
);
// A listener that captures comes before every element: what tells such a host are these two events.
addEventListener('parley-focus-enter', () => (paused.capture = true));
addEventListener('parley-focus-leave', () => (paused.capture = false));
addEventListener('keydown', (event) => {
  // Without its keydown a letter has no keypress, which is what mousetrap listens to.
  if (OTHERS.includes(event.code)) event.preventDefault();
});
