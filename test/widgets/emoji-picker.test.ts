import { executeServerCommand, sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { render } from 'lit';
import { Composer } from '../../widgets/composer/composer.js';
import { moved } from '../../widgets/emoji/arrow-keys.js';
import { searchEmoji, withTone } from '../../widgets/emoji/emoji-data.js';
import type { EmojiPicker } from '../../widgets/emoji/emoji-picker.js';
import { supported } from '../../widgets/emoji/emoji-support.js';
import { accessible, clear, deep, html, must, settled, show, until } from './support/page.js';
import { type Stage, stage } from './support/panel-stage.js';
import { chat, standInSession } from './support/stand-in.js';
import { define } from '../../widgets/internal/define.js';

define(Composer);

const THUMB = '\u{1F44D}';

describe('<parley-emoji-picker>', () => {
  let url: string;
  let id: string;
  const { getContext } = HTMLCanvasElement.prototype;
  before(async () => {
    // What the fonts of the machine that tests can draw is not what is tested.
    HTMLCanvasElement.prototype.getContext = () => null;
    ({ id, url } = await executeServerCommand<{ id: string; url: string }, object>('parley-server', { op: 'start' }));
  });
  after(async () => {
    HTMLCanvasElement.prototype.getContext = getContext;
    await executeServerCommand('parley-server', { op: 'stop', id });
  });
  afterEach(clear);

  interface Shown {
    made: Stage;
    composer: Composer;
    field: HTMLTextAreaElement;
    /** Opens it, and waits for its emoji. */
    open: () => Promise<EmojiPicker>;
    cells: () => HTMLElement[];
    labels: () => (string | null)[];
    focused: () => Element | null;
  }

  async function composer(lang = 'en', server = url): Promise<Shown> {
    const made = stage();
    Object.assign(made.client, { server });
    const one = chat('c1');
    made.setChats(one);
    const place = show(html`<div lang=${lang}></div>`);
    render(html`<parley-composer .client=${made.client} .conversation=${one}></parley-composer>`, place.firstElementChild as HTMLElement);
    const found = must<Composer>(place, 'parley-composer');
    await settled(found);
    const picker = (): EmojiPicker => must<EmojiPicker>(place, 'parley-emoji-picker');
    const cells = (): HTMLElement[] => [...(picker().shadowRoot?.querySelectorAll<HTMLElement>('[role="gridcell"]') ?? [])];
    return {
      made,
      composer: found,
      field: must<HTMLTextAreaElement>(place, 'textarea'),
      open: async () => {
        await until(() => must(place, 'button.emoji').ariaExpanded === 'false', 'it is closed');
        must(place, 'button.emoji').click();
        await until(() => deep(place, '.emoji-menu:popover-open parley-emoji-picker') !== null, 'it is open');
        await until(() => cells().length > 0 || deep(place, '.said[role="alert"]') !== null, 'it has its emoji');
        return picker();
      },
      cells,
      labels: () => cells().map((cell) => cell.getAttribute('aria-label')),
      focused: () => picker().shadowRoot?.activeElement ?? null,
    };
  }

  it('[M20] a word and Enter put it where the caret is; the focus is in the text again, and nothing is sent', async () => {
    const shown = await composer();
    shown.composer.focus();
    await sendKeys({ type: 'Thanks, see you' });
    shown.field.setSelectionRange(6, 7);
    await shown.open();
    await sendKeys({ type: 'thumbs u' });
    await until(() => shown.labels()[0] === 'thumbs up', 'it is found');
    await sendKeys({ press: 'Enter' });
    await until(
      () => shown.made.session.drafts.get('c1').text === `Thanks${THUMB} see you`,
      'it is in the draft, in place of what was selected',
    );
    expect(shown.composer.shadowRoot?.activeElement === shown.field).to.equal(true);
    expect(shown.field.selectionStart).to.equal(6 + THUMB.length);
    expect(shown.made.calls.filter((call) => call.startsWith('send '))).to.deep.equal([]);
  });

  it('[M20] arrows, Home and End move in the grid, Escape closes it and gives the focus back to the button', async () => {
    const shown = await composer();
    await shown.open();
    const at = (): number => shown.cells().indexOf(shown.focused() as HTMLElement);
    await sendKeys({ press: 'ArrowDown' });
    expect(at()).to.equal(0);
    for (const [key, where] of [
      ['ArrowRight', 1],
      ['ArrowDown', 9],
      ['End', 15],
      ['Home', 8],
      ['ArrowUp', 0],
    ] as const) {
      await sendKeys({ press: key });
      expect(at(), key).to.equal(where);
    }
    expect(shown.cells().filter((cell) => cell.tabIndex === 0).length, 'one stop of the Tab key').to.equal(1);
    await sendKeys({ press: 'ArrowUp' });
    expect(shown.focused()?.localName).to.equal('input');
    await sendKeys({ press: 'Escape' });
    const tools = must(shown.composer.shadowRoot ?? shown.composer, 'parley-composer-tools');
    await until(() => tools.shadowRoot?.activeElement?.classList.contains('emoji') === true, 'the focus is on the button');
    expect(deep(shown.composer.shadowRoot ?? shown.composer, ':popover-open') === null).to.equal(true);
    expect(moved(new KeyboardEvent('keydown', { key: 'ArrowLeft' }), 3, { count: 9, columns: 8, rtl: true })).to.equal(4);
  });

  it('[M20] groups by arrows; what was used comes first and the skin tone stays, for this user only', async () => {
    const shown = await composer();
    const picker = await shown.open();
    const tab = (): string => must(picker.shadowRoot ?? picker, '[role="tab"][aria-selected="true"]').ariaLabel ?? '';
    expect(tab()).to.equal('Smileys and feelings');
    must(picker.shadowRoot ?? picker, '[role="tab"][aria-selected="true"]').focus();
    await sendKeys({ press: 'ArrowRight' });
    await until(() => tab() === 'People and hands', 'the next group');
    must(picker.shadowRoot ?? picker, '[role="radio"][aria-label="Medium"]').click();
    await settled(picker);
    shown
      .cells()
      .find((cell) => cell.ariaLabel === 'thumbs up')
      ?.click();
    await until(() => shown.field.value === `${THUMB}\u{1F3FD}`, 'it has its tone');
    await shown.open();
    expect(tab()).to.equal('Recently used');
    expect(shown.labels()).to.deep.equal(['thumbs up']);
    expect(shown.cells()[0]?.textContent?.trim()).to.equal(`${THUMB}\u{1F3FD}`);

    shown.made.client.session$.next({ ...standInSession({ id: 'bob', name: 'Bob' }) });
    await settled(picker);
    picker.reset();
    await settled(picker);
    expect(tab()).to.equal('Smileys and feelings');
    expect(must(picker.shadowRoot ?? picker, '[role="radio"][aria-checked="true"]').ariaLabel).to.equal('Without skin tone');
  });

  it('[M20] is named and searched in the language of the reader, without accents', async () => {
    const shown = await composer('de-AT');
    await shown.open();
    expect(shown.labels()[0]).to.equal('grinsendes Gesicht');
    await sendKeys({ type: 'frohl lach' });
    await until(() => shown.labels().some((label) => label === 'grinsendes Gesicht'), 'found by words that its name does not have');
    await sendKeys({ type: 'xyz' });
    await until(() => shown.cells().length === 0, 'nothing is found');
  });

  it('[M20] asks Parley’s own server only; without it, it says so and tries again', async () => {
    const asked: string[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = (to, ...rest) => {
      asked.push(to instanceof URL ? to.href : 'something else');
      return fetch(to, ...rest);
    };
    try {
      const shown = await composer('en', 'http://127.0.0.1:9');
      const picker = await shown.open();
      expect(must(picker.shadowRoot ?? picker, '.said').textContent).to.include('could not be loaded');
      Object.assign(shown.made.client, { server: url });
      must(picker.shadowRoot ?? picker, '.said button').click();
      await until(() => shown.cells().length > 100, 'they are there');
      await shown.composer.updateComplete;
      expect(asked).to.deep.equal(['http://127.0.0.1:9/parley/emoji/en.json', `${url}/parley/emoji/en.json`]);
    } finally {
      globalThis.fetch = fetch;
    }
  });

  it('[M20] fits in 320 px with targets of 24 px or more, and axe finds nothing', async () => {
    const shown = await composer();
    const picker = await shown.open();
    expect(picker.offsetWidth).to.be.at.most(304);
    for (const button of picker.shadowRoot?.querySelectorAll('button') ?? []) {
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height), button.ariaLabel ?? '').to.be.at.least(24);
    }
    expect(picker.scrollWidth).to.be.at.most(picker.clientWidth);
    await accessible(shown.composer);
  });

  it('[M20] a tone stands after the person; what has none stays as it is; names come before other words', () => {
    expect(withTone({ emoji: '\u270C\uFE0F', toned: true }, 1)).to.equal('\u270C\u{1F3FB}');
    expect(withTone({ emoji: '\u{1F469}\u200D\u2695\uFE0F', toned: true }, 5)).to.equal('\u{1F469}\u{1F3FF}\u200D\u2695\uFE0F');
    expect(withTone({ emoji: '\u{1F600}', toned: false }, 3)).to.equal('\u{1F600}');
    const emoji = (name: string, ...words: string[]) => ({ emoji: name, name, words: [name, ...words], toned: false, version: 0 });
    const groups = [{ id: 'objects' as const, emoji: [emoji('bed', 'hospital'), emoji('hospital'), emoji('car')] }];
    expect(searchEmoji(groups, 'HÓSP').map(({ name }) => name)).to.deep.equal(['hospital', 'bed']);
  });

  it('[M20] a workstation is offered what its fonts can draw: by version where they have pictures, one by one where they have not', () => {
    const emoji = (drawn: string, version = 0, toned = false) => ({ emoji: drawn, name: drawn, words: [], toned, version });
    const many = Array.from({ length: 200 }, (_, index) => emoji(String.fromCodePoint(0x1f300 + index)));
    const groups = [
      {
        id: 'people' as const,
        emoji: [...many, emoji('\u{1F44B}', 0, true), emoji('\u{1FAE1}', 14), emoji('\u{1FAE2}', 14), emoji('\u{1F469}\u200D\u2695', 0)],
      },
      { id: 'flags' as const, emoji: [emoji('\u{1F3C1}')] },
    ];
    /** A canvas whose font draws as told: a picture, ink, or the box that stands for what is missing. */
    const device = (draw: (text: string) => 'picture' | 'ink' | 'box'): Document => {
      let text = '';
      const context = {
        clearRect: () => undefined,
        fillText: (given: string) => (text = given),
        getImageData: () => {
          const drawn = draw(text);
          return { data: new Uint8ClampedArray(drawn === 'picture' ? [200, 0, 0, 255] : [0, 0, 0, drawn === 'ink' ? 100 : 255]) };
        },
      };
      return { createElement: () => ({ getContext: () => context }) } as unknown as Document;
    };
    const shown = (draw: (text: string) => 'picture' | 'ink' | 'box'): string[] =>
      supported(groups, device(draw)).flatMap((group) => group.emoji.slice(group.id === 'people' ? 200 : 0).map((one) => one.emoji));
    const old = shown((text) => (text >= '\u{1FAE0}' || text.startsWith('\u{1F1EB}') ? 'box' : 'picture'));
    expect(old, 'no version 14, no flags').to.deep.equal(['\u{1F44B}', '\u{1F469}\u200D\u2695']);
    const textOnly = shown((text) => (text >= '\u{1FAE0}' ? 'box' : 'ink'));
    expect(textOnly, 'no sequences').to.deep.equal(['\u{1F44B}', '\u{1F3C1}']);
    expect(
      supported(
        groups,
        device(() => 'box'),
      ),
      'not to be relied on',
    ).to.equal(groups);
    const inText = supported(
      groups,
      device((text) => (text >= '\u{1FAE0}' ? 'box' : 'ink')),
    );
    expect(
      inText.some((group) => group.emoji.some(({ toned }) => toned)),
      'no tones',
    ).to.equal(false);
  });
});
