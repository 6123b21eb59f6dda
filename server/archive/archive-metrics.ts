import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

export interface ArchiveState {
  verifiedAt: number | null;
  /** Logs that the last check found damaged; null also when it could not be made. */
  damages: number | null;
  anchoredAt: number | null;
  /** The last attempt to give heads to the second place went well. */
  anchoring: boolean | null;
}

/** What an operator should be woken for: an archive that does not hold together, or heads that leave the machine no more. */
export class ArchiveMetrics {
  /** The same for who asks for no metrics; null until it happened once. Times in ms UTC. */
  readonly state: ArchiveState = { verifiedAt: null, damages: null, anchoredAt: null, anchoring: null };
  readonly #anchors: Counter<'result'>;
  readonly #anchoredAt: Gauge;
  readonly #passes: Counter<'result'>;
  readonly #damages: Gauge;
  readonly #verifiedAt: Gauge;
  readonly #duration: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#anchors = new Counter({
      name: 'parley_anchors_total',
      help: 'Attempts to give signed heads to the second place, by result.',
      labelNames: ['result'],
      registers,
    });
    this.#anchoredAt = new Gauge({ name: 'parley_anchors_last_timestamp_seconds', help: 'When the second place last had all.', registers });
    this.#passes = new Counter({
      name: 'parley_verify_passes_total',
      help: 'Checks of the whole archive while the server runs, by result: ok, damaged, failed.',
      labelNames: ['result'],
      registers,
    });
    this.#damages = new Gauge({ name: 'parley_verify_damages', help: 'Logs that the last check found damaged.', registers });
    this.#verifiedAt = new Gauge({ name: 'parley_verify_last_timestamp_seconds', help: 'When the last check ended.', registers });
    this.#duration = new Gauge({ name: 'parley_verify_duration_seconds', help: 'How long the last check took.', registers });
  }

  anchored(delivered: boolean, at: number): void {
    this.#anchors.inc({ result: delivered ? 'ok' : 'failed' });
    this.state.anchoring = delivered;
    if (delivered) this.state.anchoredAt = at;
    if (delivered) this.#anchoredAt.set(at / 1_000);
  }

  verified(damages: number | null, milliseconds: number, at: number): void {
    this.#passes.inc({ result: damages === null ? 'failed' : damages === 0 ? 'ok' : 'damaged' });
    if (damages !== null) this.#damages.set(damages);
    this.state.verifiedAt = at;
    this.state.damages = damages;
    this.#verifiedAt.set(at / 1_000);
    this.#duration.set(milliseconds / 1_000);
  }
}
