/** What the engine needs of WebAssembly, whose types belong to hosts. */
interface WasmHost {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (code: Uint8Array) => unknown;
  readonly Instance: new (module: unknown, imports: object) => { readonly exports: object };
  validate(code: Uint8Array): boolean;
}

const PAGE_BYTES = 65536;

const modules = new Map<string, unknown>();

/**
 * A module of our own on memory of its own, which holds zeros.
 * @param key Names the code: it is compiled once in a thread.
 * @returns null where the host has no WebAssembly, does not know its vectors, forbids compiling (a page may) or lacks
 * one large piece of memory.
 */
export function startModule<Exports extends object>(
  key: string,
  code: () => Uint8Array,
  bytes: number,
): { readonly buffer: ArrayBuffer; readonly exports: Exports } | null {
  const host = (globalThis as unknown as { WebAssembly?: WasmHost }).WebAssembly;
  if (!host) return null;
  try {
    if (!modules.has(key)) {
      const written = code();
      modules.set(key, host.validate(written) ? new host.Module(written) : null);
    }
    const module = modules.get(key);
    if (!module) return null;
    const memory = new host.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
    return { buffer: memory.buffer, exports: new host.Instance(module, { host: { memory } }).exports as Exports };
  } catch {
    return null;
  }
}
