/**
 * Kernels in WebAssembly, loaded at once from the base64 text of their module, in Node, its workers and the browser alike: no file is
 * fetched. Each thread has an instance of its own, with a memory that only grows.
 *
 *     const { exports, memory } = openKernel<{ run(at: number, n: number): void; heap(): number }>(wasmBase64);
 *     const at = memory.reserve(8 * n); // bytes of scratch from the start of the heap on
 *     memory.f64().set(samples, at / 8);
 */

declare const atob: (text: string) => string;
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const PAGE_BYTES = 65_536;
/** Scratch begins at a whole vector. */
const ALIGNMENT = 16;

/** A kernel's memory. Views hold until memory is next reserved or kept. */
export class KernelMemory {
  readonly #memory: Memory;
  /** End of what is kept for good; scratch begins here. */
  #kept: number;
  #f64: Float64Array<ArrayBuffer>;
  #f32: Float32Array<ArrayBuffer>;
  #i32: Int32Array<ArrayBuffer>;
  #u8: Uint8Array<ArrayBuffer>;

  constructor(memory: Memory, heap: number) {
    this.#memory = memory;
    this.#kept = align(heap);
    [this.#f64, this.#f32, this.#i32, this.#u8] = views(memory.buffer);
  }

  /** Where `bytes` of scratch begin; what was there before may be overwritten. */
  reserve(bytes: number): number {
    const missing = this.#kept + bytes - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
    if (this.#u8.buffer !== this.#memory.buffer)
      [this.#f64, this.#f32, this.#i32, this.#u8] = views(this.#memory.buffer);
    return this.#kept;
  }

  /** Where several stretches of scratch begin that stand one behind the other, each of so many bytes, and each at a whole vector. */
  reserveAll<const Sizes extends readonly number[]>(bytes: Sizes): { readonly [K in keyof Sizes]: number } {
    let at = this.reserve(bytes.reduce((total, size) => total + align(size), 0));
    return bytes.map((size) => {
      const start = at;
      at += align(size);
      return start;
    }) as { readonly [K in keyof Sizes]: number };
  }

  /** Where `bytes` begin that stay: tables. */
  keep(bytes: number): number {
    const at = this.reserve(bytes);
    this.#kept = align(at + bytes);
    return at;
  }

  f64 = (): Float64Array<ArrayBuffer> => this.#f64;
  f32 = (): Float32Array<ArrayBuffer> => this.#f32;
  i32 = (): Int32Array<ArrayBuffer> => this.#i32;
  u8 = (): Uint8Array<ArrayBuffer> => this.#u8;
}

const align = (at: number): number => Math.ceil(at / ALIGNMENT) * ALIGNMENT;
const views = (buffer: ArrayBuffer) =>
  [new Float64Array(buffer), new Float32Array(buffer), new Int32Array(buffer), new Uint8Array(buffer)] as const;

/** An instance of a module that imports nothing and exports `memory` and `heap`, the first byte that it leaves free. */
export function openKernel<Exports extends { heap(): number }>(
  base64: string,
): { readonly exports: Exports; readonly memory: KernelMemory } {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const exports = new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports as Exports & { memory: Memory };
  return { exports, memory: new KernelMemory(exports.memory, exports.heap()) };
}
