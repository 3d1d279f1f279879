declare module 'seedrandom/lib/xor4096.js' {
  interface State {
    readonly i: number;
    readonly w: number;
    readonly X: readonly number[];
  }
  interface Generator {
    (): number;
    state(): State;
  }
  export default function xor4096(seed: string, options: { readonly state: true }): Generator;
}
