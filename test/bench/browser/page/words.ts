const WORDS = 'the left base looks new to me so please compare it with the examination of last week before you call the ward'.split(' ');

/** The text of a message, by its number: three to twenty words, so that the store and the plain list have messages of the same lengths. */
export function textOf(number: number): string {
  return WORDS.slice(0, 3 + ((number * 7) % 18)).join(' ');
}
