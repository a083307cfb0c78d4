import Handlebars from 'handlebars';

/** Private-use characters: they pass through escaping and stand in no text of ours. */
const [OPEN, CLOSE] = ['\ue000', '\ue001'];
const SLOT = new RegExp(`${OPEN}(\\w+)${CLOSE}`);

/** Stands in a view's model for something that is filled in later. */
export function slot(name: string): Handlebars.SafeString {
  return new Handlebars.SafeString(OPEN + name + CLOSE);
}

/** What goes into the slots, as finished markup. */
export type Fillings = Readonly<Record<string, Buffer | readonly Buffer[]>>;

/** Finished markup with slots: rendered once, kept as bytes, and put together for each reader without a template. */
export class SlottedMarkup {
  /** Bytes and names of slots in turn, beginning with bytes. */
  private readonly parts: readonly (Buffer | string)[];

  constructor(html: string) {
    this.parts = html.split(SLOT).map((part, index) => (index % 2 === 0 ? Buffer.from(part) : part));
  }

  /** The whole as bytes in order; a slot without a filling is left empty. */
  fill(fillings: Fillings): Buffer[] {
    return this.parts.flatMap((part) => (typeof part === 'string' ? (fillings[part] ?? []) : part));
  }
}

/** Text as bytes of markup, escaped. */
export function escaped(text: string): Buffer {
  return Buffer.from(Handlebars.escapeExpression(text));
}
