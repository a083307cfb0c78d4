import { type CourseBlock, type QuizItem } from './course-document.js';

/** The drawings that a block shows, by their paths as the file names them. */
export function picturesOf(block: CourseBlock): string[] {
  if (block.kind === 'card' || block.kind === 'image') return [block.image.file];
  return block.kind === 'quiz' ? block.items.flatMap(itemPictures) : [];
}

/** The drawings of one question: beside it, and those to choose from. */
export function itemPictures(item: QuizItem): string[] {
  const choices = item.kind === 'picture' ? item.choices.map(({ image }) => image.file) : [];
  return item.image ? [item.image.file, ...choices] : choices;
}

/** The files that a block hands out or plays, by their paths inside the module folder. */
export function attachmentsOf(block: CourseBlock): string[] {
  if (block.kind === 'audio') return Object.values(block.audio).map(({ file }) => file);
  return block.kind === 'file' ? Object.values(block.files).map(({ file }) => file) : [];
}
