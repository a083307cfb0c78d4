/** `npm run media -- --voices DIR [--course slug] [--module slug] [--check]`: renders narration and videos of `courses/`, and without a selection the consent's narration. */
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { renderConsentNarration, staleConsentNarration } from './media/consent-narration.mjs';
import { loadPicoVoice } from './media/pico-voice.mjs';

const COURSES = join(dirname(fileURLToPath(import.meta.url)), '../courses');
const USAGE = 'npm run media -- --voices DIR [--course slug] [--module slug] [--check]';

/** @returns the exit code */
async function main() {
  const { values } = parseArgs({
    options: {
      voices: { type: 'string' },
      course: { type: 'string' },
      module: { type: 'string' },
      check: { type: 'boolean', default: false },
    },
  });
  const isAll = values.course === undefined && values.module === undefined;
  await build();
  const { renderCourseMedia, staleCourseMedia } = await import('../dist/src/courses/media/course-media.js');
  const { NARRATOR } = await import('../dist/src/courses/media/voice.js');
  if (values.check) {
    const stale = await staleCourseMedia(COURSES, values, NARRATOR.id);
    if (isAll) stale.push(...(await staleConsentNarration(NARRATOR.id)));
    for (const name of stale) console.log(`${name}: media are older than their sources`);
    return stale.length === 0 ? 0 : 1;
  }
  if (values.voices === undefined) throw new Error(`--voices is missing: ${USAGE}`);
  const voice = await loadPicoVoice(values.voices, NARRATOR);
  const changed = await renderCourseMedia(COURSES, values, voice, (line) => console.log(`rendering ${line}`));
  if (isAll) changed.push(...(await renderConsentNarration(voice)));
  console.log(changed.length === 0 ? 'All media are up to date' : `Rendered ${changed.join(', ')}`);
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
