/** What the floor in the browser is, in words: it does less than what stands beside it. */
export function plainListOf(count: number): string {
  return `plain list of ${count.toLocaleString('en')}: time, author and text; no sign-in, states, links or words for screen readers`;
}

export const ONE_OF_100 = 'Parley itself, one of 100 entries: the same work';
