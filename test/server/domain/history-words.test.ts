import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { HistoryText } from '../../../server/domain/history-text.js';
import { historyWords, type HistoryWords } from '../../../server/domain/history-words.js';

const widgets = path.join(import.meta.dirname, '../../../widgets');
const languages = globSync('locales/*.js', { cwd: widgets }).map((file) => path.basename(file, '.js'));

/** What each text says of these two. */
function said(words: HistoryWords): Record<string, string> {
  const texts = Object.entries(words) as [string, string | ((...given: string[]) => string)][];
  return Object.fromEntries(texts.map(([key, text]) => [key, typeof text === 'string' ? text : text('Ann', 'Bob')]));
}

describe('the words of a history', () => {
  const { words: english } = historyWords('en');

  for (const language of languages) {
    test(`[B20] ${language}: every text is translated, and names whom and what the English one names`, () => {
      const found = historyWords(`${language}-XX`);
      assert.equal(found.language, language);
      const [source, translated] = [said(english), said(found.words)];
      for (const [key, text] of Object.entries(translated)) {
        const names = (one: string | undefined): string[] => ['Ann', 'Bob'].filter((name) => one?.includes(name));
        assert.deepEqual(names(text), names(source[key]), key);
        if (key !== 'participants') assert.notEqual(text, source[key], key);
        assert.equal(/[\r\n]/.test(text), false, `${key} is one line`);
      }
    });
  }

  test('a language that nobody translated is written in English', () => {
    assert.equal(historyWords('tlh').words, english);
  });

  test('[B20, E13] the head of a history is in the language asked for', () => {
    const text = new HistoryText({ language: 'de-AT', timeZone: 'Europe/Vienna' });
    const at = Date.UTC(2026, 10, 12, 13, 5);
    const head = text.head({ title: 'Station 3', participants: ['Ann', 'Bob'], period: { from: at, to: at }, sender: 'Ann', at });
    assert.match(head, /^Chatverlauf: Station 3\nPersonen: Ann und Bob\nZeitraum: 2026-11-12 14:05:00/);
    assert.match(head, /Zeitzone: Europe\/Vienna/);
  });
});
