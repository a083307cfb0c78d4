import { stringify } from 'yaml';
import type { CoursePath, CourseText } from '../course-file/course-text.js';

/** Everything of a file but its blocks or modules: the texts and rules that stand above them. */
export const HEAD = 'head';
/** The file as a whole, as its source is written. */
export const WHOLE = 'whole';

/** Which modules or blocks there are, in which order. */
export const OUTLINE = 'outline';

/** Names of the two places of a course that are no module: its own texts, and the test asked before and after. */
export const COURSE = 'course';
export const TEST = 'test';

/** Folder of a module, and id of its block or {@link HEAD}. */
export interface PartPlace {
  readonly module: string;
  readonly part: string;
}

/** The file that the parts of a place stand in. @param place a module's folder, {@link COURSE} or {@link TEST} */
export function fileOfPlace(place: string): string {
  return place === COURSE || place === TEST ? `${place}.yaml` : `${place}/module.yaml`;
}

/** Where a part stands: the head of a file, or a block by its id. */
export function pathOfPart(part: string): CoursePath {
  return part === HEAD || part === WHOLE || part === OUTLINE ? [] : ['blocks', `#${part}`];
}

/** A part as a text of its own; two texts of one part are compared to see whether somebody changed it. */
export function partText(text: CourseText, part: string): string {
  if (part === WHOLE) return text.toString();
  if (part === OUTLINE) return JSON.stringify(namesIn(text));
  if (part !== HEAD) return text.part(pathOfPart(part));
  const all = text.get();
  if (typeof all !== 'object' || all === null) return '';
  const own = Object.entries(all).filter(([key]) => key !== 'blocks' && key !== 'modules');
  return stringify(Object.fromEntries(own), { lineWidth: 0 });
}

/** Folders of a course's modules, or ids of a module's blocks, in their order. */
export function namesIn(text: CourseText): string[] {
  const modules = text.get(['modules']);
  if (Array.isArray(modules)) return modules.map(String);
  const blocks = text.get(['blocks']);
  if (!Array.isArray(blocks)) return [];
  return blocks.map((block: unknown) =>
    typeof block === 'object' && block !== null && 'id' in block ? String(block.id) : '',
  );
}
