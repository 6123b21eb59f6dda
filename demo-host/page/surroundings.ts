import { el, find } from './element.js';

/** A list to choose from, with its name before it. */
export function choice(
  name: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: (value: string) => void,
): HTMLElement {
  const box = el('select', {}, ...options.map(([value, text]) => el('option', { value }, text)));
  box.addEventListener('change', () => chosen(box.value));
  return el('label', {}, name, box);
}

/** What a page around Parley may be: another language, direction or scheme. Everything here is the host's to decide. */
export function surroundings(): HTMLElement[] {
  const root = document.documentElement;
  return [
    choice(
      'Language',
      [
        ['', "The page's: English"],
        ['de', 'Deutsch'],
        ['fr', 'Français'],
        ['es', 'Español'],
        ['ar', 'العربية'],
        ['nl', 'Nederlands: not among them'],
      ],
      (locale) => {
        const session = find('parley-session');
        if (locale === '') session.removeAttribute('locale');
        else session.setAttribute('locale', locale);
      },
    ),
    choice(
      'Direction',
      [
        ['', "The language's"],
        ['ltr', 'Left to right'],
        ['rtl', 'Right to left'],
      ],
      (dir) => {
        if (dir === '') root.removeAttribute('dir');
        else root.dir = dir;
        // Parley looks at the page's direction when it draws, and nothing else of it has changed.
        for (const { localName } of document.querySelectorAll('parley-chat-panel, parley-launcher, parley-banner'))
          (find(localName) as HTMLElement & { requestUpdate?: () => void }).requestUpdate?.();
      },
    ),
  ];
}
