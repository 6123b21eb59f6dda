const SVG = 'http://www.w3.org/2000/svg';

const SHAPES = {
  clip: 'M8 12.5l6.5-6.5a3 3 0 0 1 4.3 4.3l-8.4 8.4a5 5 0 0 1-7.1-7.1l7.9-7.9',
  rules: 'M4 7h7M17 7h3M4 17h3M13 17h7M11 7a3 3 0 1 0 6 0a3 3 0 1 0-6 0M7 17a3 3 0 1 0 6 0a3 3 0 1 0-6 0',
  flag: 'M6 21V4h11l-2.5 4 2.5 4H6',
} as const;

/** A small picture with a name for screen readers, or without one where words beside it say the same. */
export function icon(shape: keyof typeof SHAPES, name?: string): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.classList.add('icon', shape);
  if (name === undefined) svg.setAttribute('aria-hidden', 'true');
  else {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', name);
  }
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', SHAPES[shape]);
  svg.append(path);
  return svg;
}
