import fc from 'fast-check';
import { calls, type Known } from './payloads.js';

/** What is written on the wire: text or bytes of one WebSocket frame. */
export type Frame = string | Uint8Array;

/** Engine.IO and Socket.IO packets that a client of ours never writes (attacks 24, 26 to 31). */
const control = fc.constantFrom(
  '1',
  '2',
  '2probe',
  '3',
  '5',
  '6',
  '7',
  '9',
  'b',
  'bAAAA',
  '4',
  '40',
  '40/admin,{}',
  '40{"token":"x"}',
  '41',
  '42',
  '42[]',
  '42{}',
  '42["a"',
  '42[{"x":1}]',
  '421',
  '42999999999999999999["session:heads",{}]',
  '43[]',
  '430["x"]',
  '44"no"',
  '451-["x",{"_placeholder":true,"num":0}]',
  '451000000-["x"]',
  '45-1-["x"]',
  '46["x"]',
  '4',
  '42/other,["session:heads",{}]',
  `42["x",${'['.repeat(3_000)}${']'.repeat(3_000)}]`,
);

/** Cut, doubled or with a character turned: a frame that was one. */
function torn(frame: string, fate: number, place: number, character: string): string {
  const at = frame.length === 0 ? 0 : place % frame.length;
  if (fate < 40) return frame.slice(0, at);
  if (fate < 80) return frame.slice(0, at) + character + frame.slice(at + 1);
  return frame + frame.slice(at);
}

/** A frame of the user `as`. Most are commands in sound packets, so that what is behind the parser is met as well. */
export function frames(as: string, known: Known): fc.Arbitrary<Frame> {
  const packet = fc.tuple(calls(known), fc.nat(999), fc.nat(99)).map(([{ event, payload }, id, fate]) => {
    const own = typeof payload === 'object' && payload !== null && !Array.isArray(payload) && fate < 92 ? { as, ...payload } : payload;
    const args = fate === 99 ? [event] : fate === 98 ? [event, own, own] : [event, own];
    // One in twenty asks for no answer (attack 29).
    return `42${fate % 20 === 0 ? '' : String(id)}${JSON.stringify(args)}`;
  });
  const spoiltPacket = fc
    .tuple(packet, fc.nat(99), fc.nat(100_000), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }))
    .map(([frame, fate, place, character]) => torn(frame, fate, place, character));
  return fc.oneof(
    // What ends the connection costs a sign-in, and what comes after it is not met.
    { weight: 60, arbitrary: packet },
    { weight: 2, arbitrary: spoiltPacket },
    { weight: 1, arbitrary: control },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  );
}
