import { inWords } from './api.js';
import type { Api } from './api.js';
import { card, element } from './dom.js';

interface Message {
  id?: string;
  text: string;
}

export function predefinedCard(api: Api): HTMLElement {
  const { section, show, say } = card('Predefined messages');
  const load = async () => {
    try {
      showForm((await api.ask<{ messages: Message[] }>('GET', '/predefined-messages')).messages);
    } catch (error) {
      say(inWords(error, 'parley:policies'), true);
    }
  };
  const showForm = (messages: readonly Message[]) => {
    const list = element('fieldset', {}, element('legend', { class: 'quiet' }, 'In the order in which people see them'));
    const rows: { row: HTMLElement; id: string | undefined; text: HTMLTextAreaElement }[] = [];
    const add = ({ id, text }: Message) => {
      const area = element('textarea', { rows: '2', 'aria-label': `Message ${rows.length + 1}` });
      area.value = text;
      const remove = () => {
        rows.splice(
          rows.findIndex(({ text: other }) => other === area),
          1,
        );
        row.remove();
        (rows.at(-1)?.text ?? addButton).focus();
      };
      const row = element('div', { class: 'row' }, area, element('button', { type: 'button', click: remove }, 'Remove'));
      rows.push({ row, id, text: area });
      list.append(row);
      return area;
    };
    const addButton = element('button', { type: 'button', click: () => add({ text: '' }).focus() }, 'Add');
    const save = async (event: Event) => {
      event.preventDefault();
      const wanted = rows.flatMap(({ id, text }) =>
        text.value.trim() === '' ? [] : [{ ...(id === undefined ? {} : { id }), text: text.value.trim() }],
      );
      try {
        showForm((await api.ask<{ messages: Message[] }>('PUT', '/predefined-messages', { messages: wanted })).messages);
        say('Saved. Everybody who is signed in has them at once.');
      } catch (error) {
        say(inWords(error, 'parley:policies'), true);
      }
    };
    for (const message of messages) add(message);
    const buttons = element('div', { class: 'buttons' }, addButton, element('button', { class: 'first' }, 'Save messages'));
    show(element('form', { submit: (event) => void save(event) }, list, buttons));
  };
  void load();
  return section;
}
