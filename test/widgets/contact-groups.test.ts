import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import { ParleyError } from '#sdk';
import type { GroupDialog } from '../../widgets/contacts/group-dialog.js';
import { contacts, type ContactsStage, GROUP, grid, item, items, NIGHT, openMenu, row, shown, text } from './support/contacts-stage.js';
import { accessible, clear, deep, must, until } from './support/page.js';

const available = { availability: 'available' } as const;
const FULL = {
  contacts: { contacts: [{ user: 'nora', state: 'accepted' as const }], groups: [GROUP, NIGHT] },
  presences: { mark: available, lena: available, nora: available },
  showOffline: true,
};

const labels = (stage: ContactsStage): string[] => items(stage.element).map((one) => one.textContent?.trim() ?? '');

async function dialog(stage: ContactsStage): Promise<GroupDialog> {
  const root = stage.element.renderRoot as ShadowRoot;
  await until(() => deep(root, 'parley-contact-group-dialog')?.shadowRoot?.querySelector('dialog[open]') != null, 'the dialog is open');
  return must<GroupDialog>(root, 'parley-contact-group-dialog');
}

async function named(stage: ContactsStage, name: string): Promise<GroupDialog> {
  const asked = await dialog(stage);
  const field = must<HTMLInputElement>(asked.shadowRoot!, 'input');
  await until(() => asked.shadowRoot?.activeElement === field, 'the focus is in the field');
  await accessible(asked);
  field.value = '';
  field.dispatchEvent(new Event('input'));
  await sendKeys({ type: name });
  await asked.updateComplete;
  await sendKeys({ press: 'Enter' });
  return asked;
}

describe('personal groups', () => {
  afterEach(clear);

  it('[S14] [S15] Add to group, Create new group, a name, Save: the new banner is there', async () => {
    const stage = await contacts(FULL);
    await openMenu(stage.element, 'Nora Dahl');
    item(stage.element, 'Add to group').click();
    await until(() => labels(stage).includes('Create new group …'), 'the groups are there');
    expect(labels(stage)).to.deep.equal(['Back', 'Chest team', 'Night shift', 'Create new group …']);
    await accessible(stage.element);
    item(stage.element, 'Create new group …').click();
    await named(stage, 'Flood desk');
    await until(() => shown(stage.element).includes('FLOOD DESK'), 'the banner is there');
    expect(stage.calls).to.deep.equal(['save Flood desk: nora']);
    await until(() => deep(stage.element.renderRoot as ShadowRoot, 'parley-contact-group-dialog') === null, 'the dialog is gone');
  });

  it('[S14] people are put into a group that there is, and taken out of it', async () => {
    const stage = await contacts(FULL);
    await openMenu(stage.element, 'Nora Dahl');
    item(stage.element, 'Add to group').click();
    await until(() => labels(stage).includes('Night shift'), 'the groups are there');
    item(stage.element, 'Night shift').click();
    await until(() => text(row(stage.element, 'Night shift'), '.count') === '1 of 2 online', 'she is in it');
    await openMenu(stage.element, '王俊');
    // Changed on another device meanwhile: that stays.
    const groups = stage.state$.value.groups.map((group) =>
      group.id === NIGHT.id ? { ...group, users: [...group.users, 'omar'] } : group,
    );
    stage.state$.next({ ...stage.state$.value, groups });
    item(stage.element, 'Remove from “Night shift”').click();
    await until(() => stage.calls.length === 2, 'it is saved');
    expect(stage.calls).to.deep.equal(['save Night shift: jun,nora', 'save Night shift: nora,omar']);
  });

  it('[S14] by keys alone: the second level opens and closes with the arrows', async () => {
    const stage = await contacts(FULL);
    row(stage.element, 'Nora Dahl').focus();
    await sendKeys({ press: 'ContextMenu' });
    await until(() => labels(stage).includes('Add to group'), 'the menu is open');
    await sendKeys({ press: 'End' });
    await sendKeys({ press: 'ArrowRight' });
    await until(() => labels(stage)[0] === 'Back', 'the groups are there');
    await sendKeys({ press: 'ArrowLeft' });
    await until(() => labels(stage).includes('Add to group'), 'back again');
    await sendKeys({ press: 'End' });
    await sendKeys({ press: 'Enter' });
    await until(() => labels(stage)[0] === 'Back', 'the groups are there');
    await sendKeys({ press: 'ArrowDown' });
    await sendKeys({ press: 'Enter' });
    await until(() => stage.calls.length === 1, 'it is saved');
    expect(stage.calls).to.deep.equal(['save Chest team: mark,lena,sofia,nora']);
    await until(() => shown(stage.element).filter((one) => one === 'Nora Dahl').length === 2, 'she is in the group, too');
    const focused = grid(stage.element).shadowRoot?.activeElement;
    expect(focused?.role, 'the focus is back in the list').to.equal('row');
    expect(text(focused!, '.name')).to.equal('Nora Dahl');
  });

  it('[S15] rename, move, delete and New message to all: in the menu of the banner', async () => {
    const stage = await contacts(FULL);
    await openMenu(stage.element, 'Chest team');
    expect(labels(stage), 'nothing that does nothing').to.deep.equal(['New message to all', 'Rename …', 'Move down', 'Delete group …']);
    item(stage.element, 'New message to all').click();
    await until(() => stage.calls.length === 1, 'the chat is open');
    await openMenu(stage.element, 'Chest team');
    item(stage.element, 'Move down').click();
    await until(() => shown(stage.element)[0] === 'NIGHT SHIFT', 'it is below');
    await openMenu(stage.element, 'Chest team');
    expect(labels(stage)).to.deep.equal(['New message to all', 'Rename …', 'Move up', 'Delete group …']);
    item(stage.element, 'Rename …').click();
    await named(stage, 'Thorax');
    await until(() => shown(stage.element).includes('THORAX'), 'it has the name');
    await openMenu(stage.element, 'Thorax');
    item(stage.element, 'Delete group …').click();
    await until(() => labels(stage).join() === 'Cancel,Delete', 'it asks');
    await accessible(stage.element);
    item(stage.element, 'Delete').click();
    await until(() => !shown(stage.element).includes('THORAX'), 'it is gone');
    expect(stage.calls).to.deep.equal([
      'openChat mark,lena,sofia',
      'arrange Night shift,Chest team',
      'save Thorax: mark,lena,sofia',
      `delete ${GROUP.id}`,
    ]);
  });

  it('[S15] why a group could not be saved is said in the dialog, and what was typed stays', async () => {
    const stage = await contacts(FULL);
    must<HTMLElement>(stage.element.renderRoot, '.top > .icon-button').click();
    stage.refuse = new ParleyError('TOO_MANY');
    const asked = await named(stage, 'One more');
    await until(() => text(asked.shadowRoot!, '[role="alert"]') !== '', 'it is said');
    expect(text(asked.shadowRoot!, '[role="alert"]')).to.equal('You have as many groups as one may have.');
    expect(must<HTMLInputElement>(asked.shadowRoot!, 'input').value).to.equal('One more');
    expect(stage.element.renderRoot.querySelector('.error')).to.equal(null);
    await sendKeys({ press: 'Escape' });
    await until(() => deep(stage.element.renderRoot as ShadowRoot, 'parley-contact-group-dialog') === null, 'the dialog is gone');
  });

  it('[S14] people are dragged onto a banner, and a group past another', async () => {
    const stage = await contacts(FULL);
    const drag = (type: string, on: HTMLElement, at: 'start' | 'end' = 'start'): boolean => {
      const { top, bottom } = on.getBoundingClientRect();
      const clientY = at === 'start' ? top + 2 : bottom - 2;
      return on.dispatchEvent(
        new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer: new DataTransfer(), clientY }),
      );
    };
    drag('dragstart', row(stage.element, 'Nora Dahl'));
    expect(drag('dragover', row(stage.element, 'Night shift')), 'it takes them').to.equal(false);
    await until(() => row(stage.element, 'Night shift').classList.contains('into'), 'it is seen where they go');
    drag('drop', row(stage.element, 'Night shift'));
    await until(() => stage.calls.length === 1, 'it is saved');
    drag('dragstart', row(stage.element, 'Chest team'));
    expect(drag('dragover', row(stage.element, 'Favourites')), 'a group goes nowhere else').to.equal(true);
    drag('dragover', row(stage.element, 'Night shift'), 'end');
    drag('drop', row(stage.element, 'Night shift'), 'end');
    await until(() => shown(stage.element)[0] === 'NIGHT SHIFT', 'it is below');
    expect(stage.calls).to.deep.equal(['save Night shift: jun,nora', 'arrange Night shift,Chest team']);
    expect(drag('dragover', row(stage.element, 'Night shift')), 'what comes from elsewhere is none of ours').to.equal(true);
  });
});
