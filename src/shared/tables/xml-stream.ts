import { Parser } from 'saxen';

/** What is told of a document while it comes; names are without their namespace's prefix. */
export interface XmlListener {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const plain = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads XML chunk by chunk, so that a large sheet is never in memory as a whole. Entities of its own stay unread. */
export class XmlStream {
  private readonly parser = new Parser();
  private readonly decoder = new TextDecoder();
  private failed: Error | undefined;

  constructor(listener: XmlListener) {
    const guard = (work: () => void): void => {
      if (this.failed) return;
      try {
        work();
      } catch (error) {
        this.failed = error instanceof Error ? error : new Error(String(error));
      }
    };
    this.parser.on('openTag', (name, attributes, decode) =>
      guard(() => {
        const known = Object.entries(attributes()).map(([key, value]) => [plain(key), decode(value)]);
        listener.open(plain(name), Object.fromEntries(known) as Record<string, string>);
      }),
    );
    this.parser.on('closeTag', (name) => guard(() => listener.close?.(plain(name))));
    this.parser.on('text', (text, decode) => guard(() => listener.text?.(decode(text))));
    this.parser.on('cdata', (text) => guard(() => listener.text?.(text)));
    this.parser.on('error', (error) => {
      this.failed ??= error;
    });
  }

  /** @throws what the listener threw, or what is wrong with the document */
  write(chunk: Uint8Array): void {
    this.parser.write(this.decoder.decode(chunk, { stream: true }));
    if (this.failed) throw this.failed;
  }

  end(): void {
    const error = this.parser.end();
    if (this.failed ?? error) throw this.failed ?? error;
  }
}
