import assert from 'node:assert/strict';
import { Socket } from 'node:net';
import { describe, it } from 'node:test';
import { WholeAnswers } from './whole-answers.js';

/** A row, and the end of an answer, as PostgreSQL writes them. */
const ROW = Buffer.from([0x44, 0, 0, 0, 6, 1, 2]);
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

describe('the answers of PostgreSQL', () => {
  for (const size of [1, 2, 5, 7, 100]) {
    it(`[G26] are handed on in one piece once all are there, cut every ${size} bytes`, () => {
      const socket = new Socket();
      const heard: Buffer[] = [];
      const answers = new WholeAnswers(socket);
      socket.on('data', (chunk: Buffer) => heard.push(chunk));
      answers.asked();
      answers.asked();
      const bytes = Buffer.concat([ROW, READY, ROW, READY]);
      for (let at = 0; at < bytes.length; at += size) {
        assert.equal(heard.length, 0);
        socket.emit('data', bytes.subarray(at, at + size));
      }
      assert.deepEqual(heard, [bytes]);
      socket.destroy();
    });
  }
});
