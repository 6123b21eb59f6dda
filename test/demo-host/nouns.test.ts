import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nounIn } from '../../demo-host/page/nouns.js';

test('[S12] the demo names its items in the language that Parley has, and in English where it has none', () => {
  const named = ['de', 'de-AT', 'fr', 'es', 'ar', 'nl', 'en', null].map((locale) => nounIn(locale, 'study'));
  assert.deepEqual(named, ['Untersuchung', 'Untersuchung', 'examen', 'examen', 'الفحص', 'examination', 'examination', 'examination']);
});
