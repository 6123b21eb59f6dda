import { expect } from 'chai';
import { executeServerCommand } from '@web/test-runner-commands';
import {
  contacts,
  type ContactsOptions,
  GROUP,
  grid,
  item,
  items,
  NIGHT,
  openMenu,
  row,
  rows,
  shown,
  text,
} from './support/contacts-stage.js';
import { accessible, clear, must, until } from './support/page.js';
import { chat } from './support/stand-in.js';

const available = { availability: 'available' } as const;
const EVERYTHING: ContactsOptions = {
  presence: 'consent',
  showOffline: true,
  chats: [chat('c1', { members: ['anna', 'nora'] })],
  contacts: {
    contacts: [
      { user: 'mark', state: 'accepted' },
      { user: 'omar', state: 'requested' },
    ],
    requests: [{ user: 'sofia', at: 1 }],
    groups: [
      GROUP,
      NIGHT,
      { id: '00000000-0000-4000-8000-0000000000a3', name: 'Tumour board of the three clinics in the region', users: [] },
    ],
  },
  presences: { mark: { availability: 'away', message: 'back at 15:00, please ask the desk until then' }, lena: available },
};

async function everything(options: ContactsOptions & { width?: number } = {}) {
  const stage = await contacts({ ...EVERYTHING, ...options });
  await until(() => shown(stage.element).includes('NOT IN LIST'), 'all is there');
  row(stage.element, 'Mark Lee').click();
  await until(() => row(stage.element, 'Mark Lee').ariaSelected === 'true', 'one is chosen');
  return stage;
}

describe('how the contacts look', () => {
  afterEach(clear);

  for (const [name, prepare, restore] of [
    ['light', () => undefined, () => undefined],
    [
      'dark',
      () => document.documentElement.style.setProperty('color-scheme', 'dark'),
      () => document.documentElement.style.removeProperty('color-scheme'),
    ],
    ['from right to left', () => (document.documentElement.dir = 'rtl'), () => document.documentElement.removeAttribute('dir')],
    ['in forced colours', () => executeServerCommand('forced-colors', 'active'), () => executeServerCommand('forced-colors', 'none')],
  ] as const) {
    for (const width of [280, 320, 640]) {
      it(`[S9] ${name}, ${width} px: everything can be read, and nothing is beyond the edge`, async () => {
        await prepare();
        try {
          const { element } = await everything({ width });
          await accessible(element);
          const edge = element.getBoundingClientRect();
          const scroller = must(element.renderRoot as ShadowRoot, '.scroller');
          expect(scroller.scrollWidth).to.equal(scroller.clientWidth);
          for (const one of rows(element)) {
            const { left, right } = one.getBoundingClientRect();
            expect(left >= edge.left && right <= edge.right, one.ariaLabel ?? '').to.equal(true);
          }
        } finally {
          await restore();
        }
      });
    }
  }

  it('[S14] buttons of a row are big enough to hit, and the menu stays within the window', async () => {
    const { element } = await everything({ width: 320 });
    for (const button of row(element, 'Mark Lee').querySelectorAll('button')) {
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(24);
    }
    await openMenu(element, 'Mark Lee');
    const { left, right, top, bottom } = item(element, 'Add to group').getBoundingClientRect();
    expect(left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight).to.equal(true);
    expect(items(element).length).to.be.at.least(4);
  });

  it('[S16] five hundred contacts: a hundred who sign in together cost one rendering', async () => {
    const people = Array.from({ length: 500 }, (_, n) => ({ id: `p${n}`, name: `Person ${String(n).padStart(3, '0')}` }));
    const stage = await contacts({
      people,
      showOffline: true,
      contacts: { contacts: people.map(({ id }) => ({ user: id, state: 'accepted' })) },
    });
    await until(() => rows(stage.element).length === 501, 'all are there');
    const rendered = grid(stage.element);
    let renderings = 0;
    const update = Reflect.get(rendered, 'update') as (changed: unknown) => void;
    Reflect.set(rendered, 'update', (changed: unknown) => {
      renderings++;
      update.call(rendered, changed);
    });
    for (let n = 0; n < 100; n++) stage.session.presenceOf(`p${n}`).next({ ...available, since: 1 });
    await until(() => text(row(stage.element, 'Favourites'), '.count') === '100 of 500 online', 'they are counted');
    expect(renderings).to.equal(1);
  });
});
