import { emulateMedia, executeServerCommand } from '@web/test-runner-commands';
import { expect } from 'chai';
import { LitElement } from 'lit';
import '#widgets';
import '../../widgets/inside.js';
import { tokens } from '../../widgets/internal/tokens.js';
import { clear, deep, html, must, show, until } from './support/page.js';
import { panel } from './support/panel-page.js';
import { stage } from './support/panel-stage.js';
import { chat } from './support/stand-in.js';
import { clean } from './support/sweep.js';

/** Reads tokens as every element does. */
class TokenProbe extends LitElement {
  static override styles = tokens;

  /** As the browser resolves it: red, green, blue. */
  colour(token: string): number[] {
    this.style.color = `var(--_${token})`;
    return (getComputedStyle(this).color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  }
}
customElements.define('token-probe', TokenProbe);

const THEMES = [
  ['', 'light'],
  ['', 'dark'],
  ['reading-room', 'dark'],
  ['webmail', 'light'],
  ['control-room', 'light'],
  ['control-room', 'dark'],
] as const;

/** Text and what it stands on: 4.5 or more (WCAG 1.4.3). */
const TEXT: Readonly<Record<string, readonly string[]>> = {
  ink: ['surface', 'raised', 'sunken', 'bubble', 'own', 'unread'],
  'ink-2': ['surface', 'raised', 'sunken', 'bubble', 'own'],
  link: ['surface', 'raised', 'bubble', 'own', 'unread'],
  'on-accent': ['accent'],
  accent: ['surface', 'raised'],
  ok: ['surface', 'raised'],
  warn: ['surface', 'raised'],
  bad: ['surface', 'raised'],
};
/** Edges of fields and marks: 3 or more (WCAG 1.4.11). */
const MARKS: Readonly<Record<string, readonly string[]>> = {
  edge: ['surface', 'raised'],
  accent: ['surface', 'raised', 'sunken', 'own', 'unread'],
  'mark-available': ['surface', 'raised'],
  'mark-away': ['surface', 'raised'],
  'mark-busy': ['surface', 'raised'],
  'mark-none': ['surface', 'raised'],
};

function luminance([red = 0, green = 0, blue = 0]: number[]): number {
  const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red / 255) + 0.7152 * linear(green / 255) + 0.0722 * linear(blue / 255);
}

function contrast(one: number[], other: number[]): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Pairs that are too near to each other, with what they have. */
function tooFaint(probe: TokenProbe, pairs: typeof TEXT, least: number): string[] {
  return Object.entries(pairs).flatMap(([mark, grounds]) =>
    grounds
      .map((ground) => [`${mark} on ${ground}`, contrast(probe.colour(mark), probe.colour(ground))] as const)
      .filter(([, found]) => !(found >= least))
      .map(([pair, found]) => `${pair}: ${found.toFixed(2)}`),
  );
}

const sheets: CSSStyleSheet[] = [];

async function dress(theme: string, scheme: string): Promise<void> {
  document.documentElement.style.colorScheme = scheme;
  if (theme === '') return;
  document.documentElement.className = `parley-${theme}`;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await (await fetch(new URL(`../../../widgets/themes/${theme}.css`, import.meta.url))).text());
  sheets.push(sheet);
  document.adoptedStyleSheets.push(sheet);
}

const probed = (): TokenProbe => must<TokenProbe>(show(html`<token-probe></token-probe>`), 'token-probe');

describe('themes', () => {
  afterEach(async () => {
    clear();
    document.documentElement.removeAttribute('class');
    document.documentElement.style.colorScheme = '';
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
    await executeServerCommand('prefers-contrast', '');
    await emulateMedia({ colorScheme: 'light' });
  });

  for (const [theme, scheme] of THEMES) {
    const name = theme === '' ? `without a theme, ${scheme}` : `${theme}, ${scheme}`;
    for (const wanted of ['', 'more'] as const) {
      it(`[pain 14] ${name}${wanted === '' ? '' : ', more contrast'}: text has a contrast of 4.5, marks of 3`, async () => {
        await executeServerCommand('prefers-contrast', wanted);
        await dress(theme, scheme);
        const probe = probed();
        expect(tooFaint(probe, TEXT, 4.5)).to.deep.equal([]);
        expect(tooFaint(probe, MARKS, 3)).to.deep.equal([]);
        if (wanted === 'more') expect(contrast(probe.colour('ink'), probe.colour('surface'))).to.be.greaterThan(11);
      });
    }

    it(`[pain 14] ${name}: axe finds nothing in the list and in a conversation`, async () => {
      await dress(theme, scheme);
      const made = stage();
      const log = made.timeline('g');
      log.add(
        log.item(1, 'mark', 'what he says https://example.org/'),
        log.item(2, 'anna', 'what I say'),
        log.item(3, 'mark', { kind: 'message', text: 'an item', links: [{ kind: 'study', id: '1' }] }),
        log.pending({ cid: 'p', text: 'waits', state: 'waiting' }),
      );
      made.session.presenceOf('mark').next({ availability: 'busy', since: 0 });
      const chats = [chat('g', { head: 3, unread: 1, marks: { delivered: 3, read: 2 } }), chat('e', { ended: true })];
      const { body } = await panel(680, { chats, made });
      made.session.open('g');
      await until(
        () => deep(body.shadowRoot!, 'parley-link-card')?.shadowRoot?.textContent?.includes('CT Thorax') === true,
        'all is shown',
      );
      await clean(body, name);
    });
  }

  it('[pain 14] colours that the system forces win over those of a theme', async () => {
    await dress('reading-room', 'dark');
    const probe = probed();
    await executeServerCommand('forced-colors', 'active');
    const system = document.createElement('p');
    document.body.append(system);
    for (const [token, colour] of [
      ['ink', 'CanvasText'],
      ['surface', 'Canvas'],
      ['link', 'LinkText'],
      ['edge', 'ButtonBorder'],
    ] as const) {
      system.style.color = colour;
      probe.style.color = `var(--_${token})`;
      expect(getComputedStyle(probe).color, token).to.equal(getComputedStyle(system).color);
    }
    system.remove();
    await executeServerCommand('forced-colors', 'none');
  });

  it('a token set on one element holds for it and what is in it, and for nothing else', () => {
    const place = show(html`<token-probe style="--parley-accent: rgb(1, 2, 3)"></token-probe><token-probe></token-probe>`);
    const [one, other] = [...place.querySelectorAll<TokenProbe>('token-probe')];
    expect(one?.colour('accent')).to.deep.equal([1, 2, 3]);
    expect(other?.colour('accent')).to.not.deep.equal([1, 2, 3]);
  });

  it('density gives and takes room in the list and between messages, and no target falls below 24 px', async () => {
    const heights: number[][] = [];
    for (const density of ['0.5', '1', '1.25']) {
      document.documentElement.style.setProperty('--parley-density', density);
      const made = stage();
      const log = made.timeline('g');
      log.add(log.item(1, 'mark', 'one'), log.item(2, 'lena', 'two'));
      const { body } = await panel(680, { chats: [chat('g', { kind: 'group', members: ['anna', 'mark', 'lena'], head: 2 })], made });
      made.session.open('g');
      await until(() => deep(body.shadowRoot!, '[part~="bubble"]') !== null, 'the messages are there');
      heights.push(['.option', '[part~="bubble"]'].map((one) => must(body.shadowRoot!, one).getBoundingClientRect().height));
      await clean(body, `density ${density}`);
      clear();
    }
    document.documentElement.style.removeProperty('--parley-density');
    for (const index of [0, 1]) {
      const found = heights.map((row) => row[index] ?? 0);
      expect(found).to.deep.equal([...found].sort((a, b) => a - b));
      expect(new Set(found).size).to.equal(3);
      expect(Math.min(...found)).to.be.at.least(24);
    }
  });
});
