/** dcmjs brings no types; these are the parts used here. */
declare module 'dcmjs' {
  export const data: {
    DicomDict: new (meta: Record<string, unknown>) => {
      dict: Record<string, unknown>;
      write(options?: { fragmentMultiframe: boolean }): ArrayBuffer;
    };
    DicomMetaDictionary: {
      denaturalizeDataset(dataset: Record<string, unknown>): Record<string, unknown>;
    };
  };
  export const log: { setLevel(level: string): void };
}
