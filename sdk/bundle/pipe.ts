/** Engine.IO packets as text, in order, over one transport. Nothing is written before the first packet has come. */
export interface Pipe {
  write(packet: string): void;
  /** After what was written. Nothing more is told. */
  close(): void;
}

export interface PipeListener {
  /** Text; anything else is not of this protocol. */
  packet(packet: unknown): void;
  /** It failed, or was closed from the other side. `status` is what HTTP said, if it did. */
  closed(status?: number): void;
}

export type OpenPipe = (address: URL, headers: Record<string, string>, listener: PipeListener) => Pipe;
