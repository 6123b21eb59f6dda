const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');

let last = 0;
let counter = 0;

/**
 * A new UUIDv7 (RFC 9562): a page's ids sort in the order in which they were made, also within a millisecond and when the clock
 * is set back. By hand, because `crypto.randomUUID` is kept from pages without HTTPS and a library costs half a kilobyte.
 */
export function newId(now: number = Date.now()): string {
  const random = crypto.getRandomValues(new Uint16Array(5));
  const [seed = 0, variant = 0, ...rest] = random;
  // The upper bit stays free, so that there is room to count.
  if (now > last) counter = seed & 0x7ff;
  else counter++;
  last = Math.max(last, now) + (counter >> 12);
  counter &= 0xfff;
  const time = hex(last, 12);
  const tail = [...rest].map((part) => hex(part, 4)).join('');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${hex((variant & 0x3fff) | 0x8000, 4)}-${tail}`;
}
