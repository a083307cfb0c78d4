import { type Place } from './course-file.error.js';
import { type Placed, type YamlMapReader } from './yaml-map.reader.js';

/** Remembers names and where they were first given, to point at both when one comes twice. */
export class UniqueNames {
  private readonly first = new Map<string, Place>();

  constructor(private readonly what: string) {}

  /** Gives back the name; a second use is an error at its place. */
  take(map: YamlMapReader, name: Placed<string>): string {
    const before = this.first.get(name.value);
    if (before && name.value !== '') {
      const where = `${before.file === name.place.file ? 'line ' : `${before.file}:`}${before.line}`;
      map.error(name.place, `duplicate ${this.what} "${name.value}"; first at ${where}`);
    } else {
      this.first.set(name.value, name.place);
    }
    return name.value;
  }
}
