/** Two tones, as of a doorbell (E8): made here, so that there is no file to load and nothing for a content policy to allow. Hz, s */
const TONES = [
  { pitch: 659.26, at: 0 },
  { pitch: 523.25, at: 0.32 },
] as const;
const FADE = 0.9;
const VOLUME = 0.18;
/** A ring that was not allowed is made up for when the person acts within this time; after that it would only puzzle them. ms */
const LATE = 10_000;
/** Several chats ring as one. ms */
const APART = 1_500;

/** Acts after which a browser allows sound. */
const GESTURES = ['pointerdown', 'keydown'] as const;

/**
 * The doorbell. A page may make no sound before the person has acted in it, and a context made earlier would be refused with a warning:
 * it is made at the first act after a ring was wanted.
 */
export class Doorbell {
  readonly #document: Document;
  #context: AudioContext | null = null;
  #wanted = 0;
  #rung = -Infinity;

  constructor(document: Document) {
    this.#document = document;
  }

  ring(): void {
    const now = performance.now();
    if (now - this.#rung < APART) return;
    this.#wanted = now;
    if (this.#allowed) void this.#play();
    else for (const gesture of GESTURES) this.#document.addEventListener(gesture, this.#gesture, { capture: true, passive: true });
  }

  stop(): void {
    this.#listenNoMore();
    void this.#context?.close();
    this.#context = null;
  }

  get #allowed(): boolean {
    return this.#context?.state === 'running' || navigator.userActivation?.hasBeenActive === true;
  }

  readonly #gesture = (): void => {
    this.#listenNoMore();
    if (performance.now() - this.#wanted < LATE) void this.#play();
  };

  #listenNoMore(): void {
    for (const gesture of GESTURES) this.#document.removeEventListener(gesture, this.#gesture, { capture: true });
  }

  async #play(): Promise<void> {
    this.#rung = performance.now();
    try {
      const context = (this.#context ??= new AudioContext());
      if (context.state === 'suspended') await context.resume();
      for (const { pitch, at } of TONES) sound(context, pitch, context.currentTime + at);
    } catch {
      // A machine without sound: the banner and the dot say the same.
      this.#context = null;
    }
  }
}

function sound(context: AudioContext, pitch: number, at: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.type = 'sine';
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(VOLUME, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + FADE);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + FADE);
}
