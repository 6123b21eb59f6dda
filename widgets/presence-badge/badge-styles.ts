import { css } from 'lit';

export const badgeStyles = css`
  :host {
    --_mark-size: var(--parley-presence-size, 12px);
    --_ring: var(--parley-presence-ring, transparent);
    min-inline-size: var(--_mark-size);
    min-block-size: var(--_mark-size);
  }
  :host([size='large']) {
    --_mark-size: var(--parley-presence-size, 16px);
  }
  .badge {
    gap: 6px;
    min-inline-size: 0;
    padding: 0;
    border-radius: 4px;
    text-align: start;
  }
  /* The target is 24 px although the mark is 12, and takes no room in the table. */
  button.badge::before {
    content: '';
    position: absolute;
    inset: min(0px, (var(--_mark-size) - 24px) / 2);
  }
  .phone {
    inline-size: calc(var(--_mark-size) + 2px);
    block-size: calc(var(--_mark-size) + 2px);
    margin-inline-start: -3px;
    border-radius: 50%;
    background: var(--_ring);
    color: var(--_mark-away);
  }
  /* On an avatar, two halves are wide: lower, so that the initials stay readable. */
  :host([slot='presence']) .badge:has(.phone) {
    translate: 0 5px;
  }
  .phone-idle {
    color: var(--_mark-available);
  }
  .phone-on-call {
    color: var(--_mark-busy);
  }
  .phone-unknown {
    color: var(--_mark-none);
  }
  button.badge:hover .mark {
    box-shadow: 0 0 0 3px var(--_hover);
  }
`;
