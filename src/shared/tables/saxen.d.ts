declare module 'saxen' {
  type Attributes = Record<string, string>;
  type Decode = (text: string) => string;

  /** The parts of the parser that we use. */
  export class Parser {
    on(event: 'openTag', tell: (name: string, attributes: () => Attributes, decode: Decode) => void): this;
    /** Also of an element that closes itself. */
    on(event: 'closeTag', tell: (name: string) => void): this;
    on(event: 'text', tell: (text: string, decode: Decode) => void): this;
    on(event: 'cdata', tell: (text: string) => void): this;
    on(event: 'error', tell: (error: Error) => void): this;
    write(chunk: string): this;
    end(): Error | undefined;
  }
}
