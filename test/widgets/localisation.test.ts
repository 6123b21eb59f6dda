import { expect } from 'chai';
import { initials } from '../../widgets/avatar/avatar.js';
import { Localisation } from '../../widgets/internal/localisation.js';
import '../../widgets/internal/panel-words.js';

describe('language and time', () => {
  const at = Date.UTC(2026, 10, 12, 13, 5);

  it('[E12] [E13] times are 24-hour and in the zone of the reader', () => {
    expect(new Localisation('en-US', { timeZone: 'Europe/Vienna' }).times.time(at)).to.equal('14:05');
    expect(new Localisation('en-US', { timeZone: 'Asia/Kolkata' }).times.time(at)).to.equal('18:35');
    expect(new Localisation('en-US', { timeZone: 'UTC', hourCycle: 'h12' }).times.time(at)).to.match(/1:05\sPM/);
    expect(new Localisation('en-GB', { timeZone: 'UTC' }).times.time(Date.UTC(2026, 0, 1, 0, 7))).to.equal('00:07');
  });

  it("[E13] the day is that of the reader's zone", () => {
    const [late, next] = [Date.UTC(2026, 10, 12, 23, 30), Date.UTC(2026, 10, 13, 8, 0)];
    expect(new Localisation('en', { timeZone: 'UTC' }).times.day(late, next)).to.equal('Yesterday');
    expect(new Localisation('en', { timeZone: 'Europe/Vienna' }).times.day(late, next)).to.equal('Today');
    expect(new Localisation('en-GB', { timeZone: 'UTC' }).times.day(at, Date.UTC(2027, 1, 1))).to.equal('12 Nov 2026');
  });

  it('plural forms are those of the language', () => {
    const english = new Localisation('en');
    expect(english.text('unreadMessages', { count: 1 })).to.equal('1 unread message');
    expect(english.text('unreadMessages', { count: 2 })).to.equal('2 unread messages');
    const messages = {
      unreadMessages: { one: '{count} nieprzeczytana', few: '{count} nieprzeczytane', other: '{count} nieprzeczytanych' },
    };
    const polish = new Localisation('pl', { messages });
    expect([1, 3, 5].map((count) => polish.text('unreadMessages', { count }))).to.deep.equal([
      '1 nieprzeczytana',
      '3 nieprzeczytane',
      '5 nieprzeczytanych',
    ]);
    expect(polish.text('close'), 'what is missing is English').to.equal('Close');
  });

  it('[attack 77] a value may be called anything and holds no further names', () => {
    expect(new Localisation('en').text('presenceOf', { name: '{status} constructor', status: 'Busy' })).to.equal(
      '{status} constructor: Busy',
    );
  });

  it('unread counts stop at 99', () => {
    expect(new Localisation('en').count(99)).to.equal('99');
    expect(new Localisation('en').count(100)).to.equal('99+');
  });

  for (const [name, letters] of [
    ['Dr. Anna Berg', 'AB'],
    ['Prof. Kai', 'K'],
    ['Berg, Anna Maria', 'BM'],
    ['李伟', '李'],
    ['mark lee (locum)', 'ML'],
    ['👩‍⚕️ Zoë', 'Z'],
    ['Dr', 'D'],
    ['', ''],
  ] as const) {
    it(`initials of "${name}"`, () => {
      expect(initials(name)).to.equal(letters);
    });
  }
});
