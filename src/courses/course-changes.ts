import type { CourseDocument, LocalizedText, ModuleDocument } from './course-file/course-document.js';

/** One thing that differs between two versions of a course. */
export interface CourseChange {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  /** `course`: its own texts; `module`: the whole of one, or its texts; `block`: a card, video, quiz or exercise. */
  readonly part: 'course' | 'module' | 'block';
  readonly module?: { readonly slug: string; readonly title: LocalizedText };
  readonly block?: { readonly id: string; readonly kind: string; readonly title: LocalizedText };
  /** Whether the video is another one, so that it has to be watched again. */
  readonly newVideo?: true;
}

/** What a learner would notice, in the order of the newer version; what was taken away stands last. */
export function courseChanges(before: CourseDocument, after: CourseDocument): CourseChange[] {
  const changes: CourseChange[] = [];
  if (!same(headOf(before), headOf(after))) changes.push({ kind: 'changed', part: 'course' });
  const old = new Map(before.modules.map((module) => [module.slug, module]));
  for (const module of after.modules) {
    const earlier = old.get(module.slug);
    if (earlier) changes.push(...moduleChanges(earlier, module));
    else changes.push({ kind: 'added', part: 'module', module: nameOf(module) });
  }
  const kept = new Set(after.modules.map(({ slug }) => slug));
  const gone = before.modules.filter(({ slug }) => !kept.has(slug));
  for (const module of gone) changes.push({ kind: 'removed', part: 'module', module: nameOf(module) });
  const order = (course: CourseDocument, other: ReadonlySet<string>): string[] =>
    course.modules.map(({ slug }) => slug).filter((slug) => other.has(slug));
  const common = order(before, kept);
  order(after, new Set(old.keys())).forEach((slug, index) => {
    const module = after.modules.find((each) => each.slug === slug);
    if (common[index] !== slug && module)
      changes.push({ kind: 'moved', part: 'module', module: nameOf(module) });
  });
  return changes;
}

function moduleChanges(before: ModuleDocument, after: ModuleDocument): CourseChange[] {
  const module = nameOf(after);
  const changes: CourseChange[] = [];
  if (!same(ownOf(before), ownOf(after))) changes.push({ kind: 'changed', part: 'module', module });
  const old = new Map(before.blocks.map((block) => [block.id, block]));
  for (const block of after.blocks) {
    const named = {
      part: 'block' as const,
      module,
      block: { id: block.id, kind: block.kind, title: block.title },
    };
    const earlier = old.get(block.id);
    const newVideo = block.kind === 'video' && before.media?.video?.hash !== after.media?.video?.hash;
    if (!earlier) changes.push({ kind: 'added', ...named });
    else if (newVideo) changes.push({ kind: 'changed', ...named, newVideo: true });
    else if (!same(earlier, block)) changes.push({ kind: 'changed', ...named });
  }
  const kept = new Set(after.blocks.map(({ id }) => id));
  for (const { id, kind, title } of before.blocks.filter((block) => !kept.has(block.id)))
    changes.push({ kind: 'removed', part: 'block', module, block: { id, kind, title } });
  const order = before.blocks.map(({ id }) => id).filter((id) => kept.has(id));
  const now = after.blocks.map(({ id }) => id).filter((id) => old.has(id));
  if (!same(order, now)) changes.push({ kind: 'moved', part: 'block', module });
  return changes;
}

function nameOf({ slug, title }: ModuleDocument): NonNullable<CourseChange['module']> {
  return { slug, title };
}

/** A course's own texts, without its modules and its place in the catalogue. */
function headOf({ title, summary, audience, objectives, glossary, test, extra }: CourseDocument): object {
  return { title, summary, audience, objectives, glossary, test, extra };
}

/** A module's own texts and rules, without its blocks and what was rendered of them. */
function ownOf({
  title,
  minutes,
  requires,
  objectives,
  bring,
  glossary,
  completion,
  extra,
}: ModuleDocument): object {
  return { title, minutes, requires, objectives, bring, glossary, completion, extra };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** Without regard to the order of keys: jsonb keeps its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]),
  );
}
