/** As the site writes figures: Latin digits, the decimal mark of each language. */
const FIGURES: Readonly<Record<string, string>> = { fr: 'fr-FR', ar: 'ar-MA-u-nu-latn', en: 'en-GB' };

/** Sentences of the page, with values in the places `%1`, `%2`, `%3`; sizes and times as people say them. */
export class Sentences {
  private readonly locale: string;

  constructor(private readonly box: HTMLElement) {
    this.locale = FIGURES[box.dataset.locale ?? 'fr'] ?? 'fr-FR';
  }

  say(name: string, ...values: string[]): string {
    const sentence = this.box.dataset[`say${name}`] ?? '';
    // Apart from what stands around them: figures side by side would change places in a line of Arabic.
    return values.reduce(
      (text, value, at) => text.replace(`%${at + 1}`, () => `\u2068${value}\u2069`),
      sentence,
    );
  }

  /** Megabytes with one decimal. */
  size(bytes: number): string {
    const megabytes = bytes / 1_000_000;
    return this.say('Size', this.number(megabytes, megabytes < 100 ? 1 : 0));
  }

  /** Kilobytes in a second. */
  speed(bytesPerSecond: number): string {
    return this.unit(Math.max(1, Math.round(bytesPerSecond / 1000)), 'kilobyte-per-second', 'short');
  }

  percent(done: number, total: number): string {
    return new Intl.NumberFormat(this.locale, { style: 'percent' }).format(
      Math.floor((100 * done) / total) / 100,
    );
  }

  time(seconds: number): string {
    if (seconds < 45) return this.say('Less');
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return this.unit(Math.max(1, minutes), 'minute', 'long');
    const rest = Math.round((minutes % 60) / 5) * 5;
    const hours = Math.floor(minutes / 60) + (rest === 60 ? 1 : 0);
    const short = rest % 60 === 0 ? [] : [this.unit(rest, 'minute', 'short')];
    return [this.unit(hours, 'hour', 'short'), ...short].join(' ');
  }

  private number(value: number, digits: number): string {
    const format = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(this.locale, format).format(value);
  }

  private unit(value: number, unit: string, unitDisplay: 'long' | 'short'): string {
    return new Intl.NumberFormat(this.locale, { style: 'unit', unit, unitDisplay }).format(value);
  }
}
