import { expect } from 'chai';
import { VERSION } from '#widgets';
import { define } from '../../widgets/internal/define.js';

describe('definition', () => {
  it('[pain 16] a tag that is taken stays as it is, and another version says so once', () => {
    const said: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => said.push(text);
    class Other extends HTMLElement {
      static readonly tag = 'launcher';
      static readonly version = '99.0.0';
    }
    const before = customElements.get('parley-launcher');
    try {
      define(Other);
      define(Other);
    } finally {
      console.warn = warn;
    }
    expect(customElements.get('parley-launcher') === before).to.equal(true);
    expect(said).to.have.length(1);
    expect(said[0]).to.contain('99.0.0').and.to.contain(VERSION);
  });

  it('names the version of the package', async () => {
    const { version } = (await (await fetch('/package.json')).json()) as { version: string };
    expect(VERSION).to.equal(version);
  });

  it('[pain 16] leaves nothing on window', async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const bare = new Set(Object.getOwnPropertyNames(frame.contentWindow));
    frame.remove();
    const ours = Object.getOwnPropertyNames(window).filter((name) => !bare.has(name) && /parley/i.test(name));
    expect(ours).to.deep.equal([]);
  });
});
