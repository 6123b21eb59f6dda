type Properties = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

/** Makes an element. Text stays text: there is no way from a string to markup here, nor does the page's policy know one. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (typeof value === 'string') made.setAttribute(name, value);
    else made.toggleAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export interface Card {
  section: HTMLElement;
  /** Everything below the heading, instead of what was there. */
  show: (...content: readonly (Node | string)[]) => void;
  /** A line that is read out: what was done, or why it was not. */
  say: (text: string, wrong?: boolean) => void;
}

/** A part of the page with a heading, a place for its content, and one for what it has to say. */
export function card(title: string, { wide = false } = {}): Card {
  const id = `card-${title.toLowerCase().replace(/[^a-z]+/g, '-')}`;
  const content = element('div', { class: 'content' });
  const status = element('p', { role: 'status', class: 'quiet' });
  const section = element('section', { 'aria-labelledby': id, class: wide ? 'wide' : '' }, element('h2', { id }, title), content, status);
  return {
    section,
    show: (...nodes) => content.replaceChildren(...nodes),
    say(text, wrong = false) {
      status.className = wrong ? 'bad-text' : 'quiet';
      status.textContent = text;
    },
  };
}

export function field(label: string, input: HTMLElement, hint?: string): HTMLLabelElement {
  const told = hint === undefined ? [] : [element('span', { class: 'quiet' }, hint)];
  if (input instanceof HTMLInputElement && input.type === 'checkbox')
    return element('label', { class: 'check' }, input, element('span', {}, label));
  return element('label', {}, element('span', {}, label), input, ...told);
}

const times = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const numbers = new Intl.NumberFormat('en');
export const timeOf = (at: number): string => times.format(at);
export const numberOf = (value: number): string => numbers.format(value);
