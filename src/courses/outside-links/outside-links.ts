import type { CourseBlock, CourseDocument, LocalizedText } from '../course-file/course-document.js';
import { outsideLinks } from '../course-file/markdown.js';

/** A page of another site that texts of a course lead to, and the parts that do. */
export interface OutsideLink {
  readonly url: string;
  readonly places: readonly LinkPlace[];
}

export interface LinkPlace {
  /** Folder of the module. */
  readonly folder: string;
  readonly block: string;
  readonly title: LocalizedText;
}

/** The links of a course to other sites, each once, in the order of the course. */
export function linksOf({ modules }: Pick<CourseDocument, 'modules'>): OutsideLink[] {
  const found = new Map<string, LinkPlace[]>();
  for (const { folder, blocks } of modules)
    for (const block of blocks)
      for (const url of urlsOf(block)) {
        const places = found.get(url) ?? [];
        if (!found.has(url)) found.set(url, places);
        places.push({ folder, block: block.id, title: block.title });
      }
  return [...found].map(([url, places]) => ({ url, places }));
}

function urlsOf(block: CourseBlock): Set<string> {
  return new Set(Object.values(markdownOf(block)).flatMap((text) => (text ? outsideLinks(text) : [])));
}

/** The text of a block in which there may be links. */
function markdownOf(block: CourseBlock): Partial<LocalizedText> {
  switch (block.kind) {
    case 'card':
    case 'exercise':
      return block.text;
    case 'audio':
      return block.transcript;
    case 'image':
    case 'video':
    case 'file':
    case 'quiz':
      return {};
  }
}
