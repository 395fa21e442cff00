/** Memory that threads share; a message carries it from one to another. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
}

interface WebAssemblyInterface {
  readonly Memory: new (descriptor: { initial: number; maximum: number; shared: true }) => SharedMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (
    module: object,
    imports: Record<string, Record<string, SharedMemory>>,
  ) => { readonly exports: Record<string, unknown> };
}

/** What is used of WebAssembly's JavaScript interface, which TypeScript declares only together with a browser's. */
export const webAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyInterface }).WebAssembly;
