import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultsOf } from './faults.js';
import { englishTables, type Table, translations } from './tables.js';

const english = await englishTables();
const all: Table = Object.assign({}, ...english.values()) as Table;
const languages = await translations();

describe('translations', () => {
  it('there are German, French, Spanish and Arabic beside English', () => {
    assert.deepEqual([...languages.keys()], ['ar', 'de', 'es', 'fr']);
  });

  it('no text stands in two tables and says two things: the one loaded last would win', () => {
    const texts = [...english].flatMap(([chunk, table]) => Object.entries(table).map(([key, text]) => ({ chunk, key, text })));
    const twice = texts.filter(({ key, text }) => JSON.stringify(all[key]) !== JSON.stringify(text));
    assert.deepEqual(twice, []);
  });

  for (const [language, messages] of languages) {
    it(`${language} says every text, in all its plural forms and with all that is filled in`, () => {
      assert.deepEqual(faultsOf(language, all, messages), []);
    });
  }
});

describe('faults of a translation', () => {
  const source: Table = {
    open: 'Open {name}',
    found: { one: '{count} hit for “{text}”', other: '{count} hits for “{text}”' },
  };
  const good: Table = {
    open: 'فتح {name}',
    found: {
      zero: 'لا نتائج لـ«{text}»',
      one: 'نتيجة لـ«{text}»',
      two: 'نتيجتان لـ«{text}»',
      few: '{count} نتائج لـ«{text}»',
      many: '{count} نتيجة لـ«{text}»',
      other: '{count} نتيجة لـ«{text}»',
    },
  };
  const { few: _, ...withoutFew } = good['found'] as Record<string, string> & { other: string };
  const broken: [why: string, table: Table, said: string][] = [
    ['a text is missing', { found: good['found'] ?? '' }, 'open: missing'],
    ['a text is not of Parley', { ...good, shut: 'إغلاق' }, 'shut: there is no such text'],
    ['a placeholder is missing', { ...good, open: 'فتح' }, 'open: has {} and must have {name}'],
    ['a placeholder is misspelt', { ...good, open: 'فتح {nmae}' }, 'open: has {nmae} and must have {name}'],
    ['a category is missing', { ...good, found: withoutFew }, 'found: no form for few'],
    ['a form without number is not plural', { ...good, found: 'نتائج' }, 'found: is string and must be object'],
    ['it was not translated', { ...good, open: 'Open {name}' }, 'open: is the English text'],
  ];
  it('are none where all is there; forms for one number only may do without it', () => {
    assert.deepEqual(faultsOf('ar', source, good), []);
  });
  for (const [why, table, said] of broken) {
    it(`are found when ${why}`, () => {
      assert.deepEqual(faultsOf('ar', source, table), [said]);
    });
  }
  it('are found when one form stands for two numbers and says none of them: French counts 0 as 1', () => {
    const french: Table = {
      open: 'Ouvrir {name}',
      found: { one: 'un résultat pour {text}', many: '{count} de résultats pour {text}', other: '{count} résultats pour {text}' },
    };
    assert.deepEqual(faultsOf('fr', source, french), ['found.one: has {text} and must have {count} {text}']);
  });
});
