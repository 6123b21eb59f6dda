import { expect } from 'chai';
import '#widgets';
import { Avatar } from '../../widgets/avatar/avatar.js';
import { clear, html, part, settled, show, until } from './support/page.js';
import { define } from '../../widgets/internal/define.js';

define(Avatar);

/** A picture of the page's own origin; what is in it does not matter. */
const PICTURE = '/widgets/picture.png';

describe('<parley-avatar>', () => {
  afterEach(clear);

  async function avatar(photo: string) {
    const element = show(html`<parley-avatar name="Dr Anna Berg" seed="anna" photo=${photo}></parley-avatar>`).querySelector(
      'parley-avatar',
    )!;
    await settled(element);
    return element;
  }

  it('shows the picture of a person', async () => {
    const element = await avatar(PICTURE);
    expect(part<HTMLImageElement>(element, 'img').getAttribute('src')).to.equal(PICTURE);
    expect(part<HTMLImageElement>(element, 'img').alt, 'the name stands beside it').to.equal('');
  });

  it('shows the initials when the picture cannot be had', async () => {
    const element = await avatar('/nowhere.png');
    await until(() => element.shadowRoot!.querySelector('img') === null, 'the picture is gone');
    expect(part(element, '.mark').textContent).to.equal('AB');
  });

  it('[attack 52] asks no other origin for a picture', async () => {
    for (const photo of [
      'https://elsewhere.example/anna.png',
      '//elsewhere.example/anna.png',
      'javascript:alert(1)',
      'data:image/png;base64,AA',
    ]) {
      const element = await avatar(photo);
      expect(element.shadowRoot!.querySelector('img'), photo).to.equal(null);
      expect(part(element, '.mark').textContent).to.equal('AB');
    }
  });
});
