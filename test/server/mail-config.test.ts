import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError, readConfig } from '../../server/index.js';
import { describeConfig, readSources } from '../../server/config-sources.js';

const minimal = { PARLEY_SECRET: '0123456789abcdef0123456789abcdef' };
const URL_WITH_PASSWORD = 'smtps://parley:open-sesame@mail.host.example:465';

test('[B18] a mail server and the address of its mails are set together', () => {
  const config = readConfig({ ...minimal, PARLEY_SMTP_URL: URL_WITH_PASSWORD, PARLEY_MAIL_FROM: 'chat@host.example' });
  assert.equal(config.smtpUrl, URL_WITH_PASSWORD);
  assert.equal(config.mailFrom, 'chat@host.example');
  assert.equal(readConfig(minimal).smtpUrl, undefined);
  assert.throws(() => readConfig({ ...minimal, PARLEY_SMTP_URL: URL_WITH_PASSWORD }), /PARLEY_MAIL_FROM/);
});

test('[B18] what is no mail server or no address is refused by its name, without its value', () => {
  for (const [variable, value] of [
    ['PARLEY_SMTP_URL', 'https://mail.host.example/open-sesame'],
    ['PARLEY_SMTP_URL', 'open-sesame'],
    ['PARLEY_SMTP_URL', 'smtp://'],
    ['PARLEY_MAIL_FROM', 'Chat <open-sesame@host.example>'],
    ['PARLEY_MAIL_FROM', 'open-sesame'],
    ['PARLEY_MAIL_FROM', 'a@host.example\r\nBcc: open-sesame@host.example'],
  ] as const) {
    const given = { ...minimal, PARLEY_SMTP_URL: URL_WITH_PASSWORD, PARLEY_MAIL_FROM: 'chat@host.example', [variable]: value };
    assert.throws(
      () => readConfig(given),
      (error: Error) => error instanceof ConfigError && error.message.includes(variable) && !error.message.includes('open-sesame'),
      value,
    );
  }
});

test('the address of the mail server may hold a password: it is masked, and may come from a file', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-mail-config-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'smtp');
  await writeFile(path, `${URL_WITH_PASSWORD}\n`);
  const sourced = readSources({ ...minimal, PARLEY_SMTP_URL_FILE: path, PARLEY_MAIL_FROM: 'chat@host.example' });
  assert.equal(sourced.config.smtpUrl, URL_WITH_PASSWORD);
  assert.match(describeConfig(sourced), /^PARLEY_SMTP_URL=\*+ +# PARLEY_SMTP_URL_FILE$/m);
  assert.doesNotMatch(describeConfig(sourced), /open-sesame/);
});
