import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { MailServer } from '../support/mail-server.js';
import { prepareGround } from './ground.js';
import type { Visitor } from './visitor.js';

/** Opens the arrow above the text. */
async function openHistory(visitor: Visitor): Promise<Locator> {
  await visitor.button('Send history').click();
  const dialog = visitor.panel.getByRole('dialog', { name: 'Send history' });
  await dialog.getByRole('button', { name: 'Save as text file' }).waitFor();
  return dialog;
}

async function choose(dialog: Locator, typed: string, option: RegExp): Promise<void> {
  await dialog.getByRole('combobox').fill(typed);
  await dialog.getByRole('option', { name: option }).click();
}

describe('the history of a chat as text', { timeout: 120_000 }, () => {
  const post = new MailServer();
  before(() => post.open());
  after(() => post.close());
  const ground = prepareGround(() => ({ PARLEY_SMTP_URL: post.url, PARLEY_MAIL_FROM: 'parley@clinic.example' }));
  beforeEach(() => {
    post.manners = 'take';
    post.mails.length = 0;
  });

  it('[B18] [B19] [B20] goes to a person, a group, a mailbox and an address, and everybody in the chat sees that it did', async () => {
    const tenant = ground.tenant('send');
    const [ada, bob] = [await tenant.signIn('ada'), await tenant.signIn('bob')];
    await tenant.person('cleo', { email: 'cleo@clinic.example' });
    await tenant.put('groups/stroke', { name: 'Stroke team', kind: 'team', members: ['ada'], email: 'stroke@clinic.example' });
    await tenant.put('mailboxes/archive', { name: 'Archive of reports', email: 'archive@clinic.example' });
    await bob.openPanel();
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('CT shows no bleeding');
    await bob.entry(/Ada/).click();
    await bob.write('then we start');
    await ada.line('then we start').waitFor();
    const dialog = await openHistory(ada);
    await choose(dialog, 'Cleo', /Cleo/);
    await choose(dialog, 'stroke', /Stroke team/);
    await choose(dialog, 'archive', /Archive of reports/);
    await dialog.getByRole('combobox').fill('referrer@practice.example');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    for (const [visitor, name] of [
      [ada, 'You'],
      [bob, 'Ada'],
    ] as const) {
      await visitor.line(`${name} sent the history to Cleo, Stroke team, Archive of reports, and referrer@practice.example`).waitFor();
    }
    await post.until(() => post.mails.length === 4, 'four mails');
    assert.deepEqual(post.mails.flatMap(({ to }) => to).sort(), [
      'archive@clinic.example',
      'cleo@clinic.example',
      'referrer@practice.example',
      'stroke@clinic.example',
    ]);
    for (const { text, from } of post.mails) {
      assert.equal(from, 'parley@clinic.example');
      assert.match(text, /Ada: CT shows no bleeding\n.*Bob: then we start\n/);
    }
  });

  it('[B21] [B17] everybody in it may send it, cut to what they may see themselves', async () => {
    const tenant = ground.tenant('cut');
    const [ada, cleo] = [await tenant.signIn('ada'), await tenant.signIn('cleo')];
    await tenant.person('bob');
    await tenant.person('dora');
    await ada.openPanel();
    const conversation = await ada.startChat(['bob', 'dora'], 'Ward 3');
    await ada.entry(/Ward 3/).click();
    await ada.write('before Cleo came');
    const people = await ada.openPeople();
    await people.getByRole('button', { name: 'Add people' }).click();
    await people.getByRole('combobox').fill('Cleo');
    await people.getByRole('option', { name: /Cleo/ }).click();
    await people.getByRole('button', { name: 'Add', exact: true }).click();
    await ada.line(/Cleo joined/).waitFor();
    await ada.write('after Cleo came');
    await cleo.openPanel();
    await cleo.entry(/Ward 3/).click();
    await cleo.line('after Cleo came').waitFor();
    const dialog = await openHistory(cleo);
    await dialog.getByRole('combobox').fill('own@clinic.example');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await ada.line('Cleo sent the history to own@clinic.example').waitFor();
    await post.until(() => post.mails.length === 1, 'the mail');
    const text = post.mails[0]?.text ?? '';
    assert.match(text, /Ada: after Cleo came/);
    assert.doesNotMatch(text, /before Cleo came/);
    assert.doesNotMatch(text, new RegExp(conversation), 'nothing of the machine');
  });

  it('[B20] [B19] an address that the mail server refuses is said in the chat, to everybody', async () => {
    const tenant = ground.tenant('refused');
    const [ada, bob] = [await tenant.signIn('ada'), await tenant.signIn('bob')];
    post.manners = 'refuse';
    await bob.openPanel();
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('for the file');
    await bob.entry(/Ada/).click();
    const dialog = await openHistory(ada);
    await dialog.getByRole('combobox').fill('nobody@clinic.example');
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    for (const [visitor, name] of [
      [ada, 'You'],
      [bob, 'Ada'],
    ] as const) {
      await visitor.line(`${name} sent the history, but the mailbox of nobody@clinic.example refused it`).waitFor();
    }
    assert.equal(post.mails.length, 0);
  });

  it('[B18] [E13] saved as a text file, in the zone of who saves it, which the text names', async () => {
    const tenant = ground.tenant('save');
    await tenant.person('bob');
    const ada = await tenant.signIn('ada', { context: { timezoneId: 'Asia/Kolkata', acceptDownloads: true } });
    await ada.openPanel();
    await ada.chatWith('Bob');
    await ada.write('to keep');
    const at = await ada.timeline.locator('[part~="message"] time').last().getAttribute('datetime');
    const dialog = await openHistory(ada);
    const [download] = await Promise.all([
      ada.page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save as text file' }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^Chat history \d{4}-\d\d-\d\d\.txt$/);
    const text = await readFile(await download.path(), 'utf8');
    const local = new Date(Date.parse(at ?? '') + 5.5 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
    assert.match(text, /Asia\/(Kolkata|Calcutta)/);
    assert.ok(text.includes(`${local}  Ada: to keep\n`), text);
    await dialog.getByText('The file was handed to the browser.').waitFor();
  });
});
