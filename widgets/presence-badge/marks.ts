import { css } from 'lit';

/**
 * One shape for each availability, drawn with one box: disc, rounded square, disc with a bite, disc with a bar, ring, dotted ring.
 * Colour only repeats what the shape says. A ring of the surface (`--_ring`) keeps the mark apart from an avatar that it lies on.
 */
export const marks = css`
  .mark {
    --_mark: var(--_mark-none);
    display: block;
    flex: none;
    position: relative;
    inline-size: var(--_mark-size, 12px);
    block-size: var(--_mark-size, 12px);
    border: 1.5px solid var(--_ring, transparent);
    border-radius: 50%;
    background: var(--_mark);
    background-clip: padding-box;
    forced-color-adjust: none;
  }
  .available {
    --_mark: var(--_mark-available);
  }
  .busy {
    --_mark: var(--_mark-busy);
    border-radius: 34%;
  }
  .away {
    --_mark: var(--_mark-away);
    --_bite: calc(var(--_mark-size, 12px) * 0.36);
    background: radial-gradient(circle at 84% 16%, var(--_ring, transparent) var(--_bite), var(--_mark) calc(var(--_bite) + 0.5px))
      padding-box;
  }
  .dnd {
    --_mark: var(--_mark-busy);
    background:
      linear-gradient(var(--_surface) 0 0) center / 56% 18% no-repeat padding-box,
      var(--_mark) padding-box;
  }
  .offline,
  .unknown {
    background: var(--_ring, transparent);
  }
  .offline::after,
  .unknown::after {
    content: '';
    position: absolute;
    inset: 0;
    border: max(2px, calc(var(--_mark-size, 12px) * 0.17)) solid var(--_mark);
    border-radius: 50%;
  }
  .unknown::after {
    border-style: dotted;
  }
`;
