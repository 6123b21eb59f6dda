import { expect } from 'chai';
import { environment } from '../../sdk/environment.js';

const KEY = 'parley ["test","anna"]';

describe('what a browser tab remembers', () => {
  afterEach(() => sessionStorage.removeItem(KEY));

  it('[B1] is in the memory of this tab only, and is gone when it is taken away', () => {
    const { memory } = environment;
    expect(memory.get(KEY)).to.equal(null);
    memory.set(KEY, '{}');
    expect(sessionStorage.getItem(KEY)).to.equal('{}');
    expect(localStorage.getItem(KEY)).to.equal(null);
    expect(memory.get(KEY)).to.equal('{}');
    memory.set(KEY, null);
    expect(sessionStorage.getItem(KEY)).to.equal(null);
  });

  it('[B1] a memory without room left is no error', () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
    try {
      environment.memory.set(KEY, '{}');
      expect(environment.memory.get(KEY)).to.equal(null);
    } finally {
      Storage.prototype.setItem = setItem;
    }
  });
});
