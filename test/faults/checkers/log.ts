import type { Reading, SeenEntry, Sent, Sighting } from '../driver/history.js';
import type { Finding } from './finding.js';

/*
 * Pure functions from what the driver saw to what does not hold in the log. No finding means that the promise held.
 * A message whose outcome stayed unknown may be there once or not at all.
 */

/** Acknowledged, and absent from what a member reads. */
export function findLost(sent: readonly Sent[], readings: readonly Reading[]): Finding[] {
  const present = readings.map((reading) => ({ reading, cids: new Set(reading.entries.map((entry) => entry.cid)) }));
  const findings: Finding[] = [];
  for (const { conversation, cid, outcome, acknowledged } of sent) {
    if (outcome !== 'ok') continue;
    const readers = present.filter((one) => one.reading.conversation === conversation);
    if (readers.length === 0) findings.push({ check: 'lost', conversation, cid, detail: 'nobody could read the conversation' });
    for (const { reading, cids } of readers) {
      if (cids.has(cid)) continue;
      findings.push({
        check: 'lost',
        conversation,
        cid,
        detail: `acknowledged as ${String(acknowledged[0])}, absent for ${reading.reader}`,
      });
    }
  }
  return findings;
}

/** Present, and never sent by that author with that text to that conversation, or refused for good. */
export function findPhantoms(sent: readonly Sent[], readings: readonly Reading[]): Finding[] {
  const byCid = new Map(sent.map((one) => [one.cid, one]));
  const findings: Finding[] = [];
  for (const { conversation, reader, entries } of readings) {
    for (const { cid, author, text, seq } of entries) {
      if (text === null) continue;
      const origin = byCid.get(cid);
      const because =
        origin === undefined
          ? 'never sent'
          : origin.outcome === 'fail'
            ? 'refused when it was sent'
            : origin.writer !== author
              ? `sent by ${origin.writer}, shown as ${author}`
              : origin.conversation !== conversation
                ? `sent to ${origin.conversation}`
                : origin.text !== text
                  ? 'with another text'
                  : null;
      if (because !== null) findings.push({ check: 'phantom', conversation, cid, detail: `${String(seq)} for ${reader}: ${because}` });
    }
  }
  return findings;
}

/** One act of a person, there twice. */
export function findDuplicates(readings: readonly Reading[]): Finding[] {
  const findings: Finding[] = [];
  for (const { conversation, reader, entries } of readings) {
    const seen = new Map<string, number>();
    for (const { cid, seq } of entries) {
      const before = seen.get(cid);
      if (before !== undefined)
        findings.push({ check: 'duplicate', conversation, cid, detail: `${String(before)} and ${String(seq)} for ${reader}` });
      seen.set(cid, seq);
    }
  }
  return findings;
}

/** Numbers run 1..n without a hole, all members read the same, and what one person typed keeps its order (G6, G7). */
export function findDisorder(sent: readonly Sent[], readings: readonly Reading[]): Finding[] {
  const findings: Finding[] = [];
  const first = new Map<string, Reading>();
  for (const reading of readings) {
    const { conversation, reader, entries } = reading;
    const hole = entries.findIndex((entry, index) => entry.seq !== index + 1);
    if (hole >= 0) {
      findings.push({
        check: 'order',
        conversation,
        detail: `${reader} reads ${String(entries[hole]?.seq)} where ${String(hole + 1)} belongs`,
      });
    }
    const other = first.get(conversation);
    if (other === undefined) first.set(conversation, reading);
    else {
      const at = firstDifference(other.entries, entries);
      if (at >= 0)
        findings.push({ check: 'order', conversation, detail: `${other.reader} and ${reader} differ from ${String(at + 1)} on` });
    }
  }
  const typed = new Map(sent.map((one) => [one.cid, one.invokedAt]));
  for (const { conversation, entries } of first.values()) {
    const latest = new Map<string, number>();
    for (const { cid, author, seq } of entries) {
      const at = typed.get(cid);
      if (at === undefined) continue;
      if (at < (latest.get(author) ?? 0))
        findings.push({ check: 'order', conversation, cid, detail: `${String(seq)} was typed before what ${author} said before it` });
      latest.set(author, at);
    }
  }
  return findings;
}

/** The acknowledgement named a number that holds something else, or two acknowledgements of one message differ. */
export function findFalseAcks(sent: readonly Sent[], readings: readonly Reading[]): Finding[] {
  const logs = new Map<string, Map<number, SeenEntry>>();
  for (const { conversation, entries } of readings) {
    if (!logs.has(conversation)) logs.set(conversation, new Map(entries.map((entry) => [entry.seq, entry])));
  }
  const findings: Finding[] = [];
  for (const { conversation, cid, acknowledged } of sent) {
    if (new Set(acknowledged).size > 1)
      findings.push({ check: 'false-ack', conversation, cid, detail: `acknowledged as ${acknowledged.join(' and as ')}` });
    for (const seq of new Set(acknowledged)) {
      const there = logs.get(conversation)?.get(seq);
      if (there?.cid === cid) continue;
      findings.push({
        check: 'false-ack',
        conversation,
        cid,
        detail: `acknowledged as ${String(seq)}, which ${there ? `holds ${there.cid}` : 'does not exist'}`,
      });
    }
  }
  return findings;
}

/** Shown to a member while it ran, and gone or renumbered afterwards: told before it was committed. */
function findRetracted(sightings: readonly Sighting[], readings: readonly Reading[]): Finding[] {
  const logs = new Map<string, Map<number, string>>();
  for (const { conversation, entries } of readings) {
    if (!logs.has(conversation)) logs.set(conversation, new Map(entries.map((entry) => [entry.seq, entry.cid])));
  }
  const findings: Finding[] = [];
  for (const { reader, conversation, seq, cid } of sightings) {
    const there = logs.get(conversation)?.get(seq);
    if (there === cid) continue;
    findings.push({
      check: 'retracted',
      conversation,
      cid,
      detail: `shown to ${reader} as ${String(seq)}, which ${there ? `holds ${there}` : 'does not exist'}`,
    });
  }
  return findings;
}

/** The time of an entry lies before that of the entry before it (G23). */
export function findTimeWarps(readings: readonly Reading[]): Finding[] {
  return readings.flatMap(({ conversation, entries }) =>
    entries.flatMap(({ seq, cid, at = 0 }, index): Finding[] => {
      const before = entries[index - 1]?.at ?? 0;
      return at >= before
        ? []
        : [{ check: 'order', conversation, cid, detail: `${String(seq)} is ${String(before - at)} ms before its predecessor` }];
    }),
  );
}

export function checkAll(sent: readonly Sent[], readings: readonly Reading[], sightings: readonly Sighting[]): Finding[] {
  return [
    ...findLost(sent, readings),
    ...findPhantoms(sent, readings),
    ...findDuplicates(readings),
    ...findDisorder(sent, readings),
    ...findFalseAcks(sent, readings),
    ...findRetracted(sightings, readings),
  ];
}

function firstDifference(one: readonly SeenEntry[], other: readonly SeenEntry[]): number {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const a = one[index];
    const b = other[index];
    if (a?.seq !== b?.seq || a?.cid !== b?.cid || a?.text !== b?.text || a?.author !== b?.author) return index;
  }
  return -1;
}
