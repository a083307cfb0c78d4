/**
 * A film from the file that was sent to playlists, poster and digests, against one bare ffmpeg command of the same
 * renditions and sound: no look at the file, no loudness measured, no limits, no poster, no digest. In turns, on one
 * machine; medians. `node bench/transcode.mjs [--quick]` prints one line of JSON; `bench/run.mjs` calls `run`.
 */
import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';

const FULL = { seconds: 60, rounds: 3 };
const QUICK = { seconds: 10, rounds: 1 };
/** At most 1.1 times the floor's time: at least so much of its speed. */
const BAR = 1 / 1.1;
const SIZE = { width: 1280, height: 720 };

const built = (path) => import(new URL(`../dist/src/${path}`, import.meta.url).href);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Moving pictures with some grain and a tone, as a telephone sends them. */
function shoot(file, seconds) {
  const pictures = `testsrc2=s=${SIZE.width}x${SIZE.height}:r=30:d=${seconds}`;
  execFileSync('ffmpeg', [
    ...['-loglevel', 'error', '-y', '-f', 'lavfi', '-i', pictures],
    ...['-f', 'lavfi', '-i', `sine=440:d=${seconds}`, '-vf', 'noise=alls=6:allf=t'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-c:a', 'aac', file],
  ]);
}

/** Seconds that a whole film takes. */
async function runOurs(file) {
  const { FilmStudio } = await built('video/film-studio.service.js');
  const started = performance.now();
  const order = {
    ...{ source: async () => createReadStream(file), sha256: '0'.repeat(64), bytes: (await stat(file)).size },
    ...{ spoken: 'fr', signal: new AbortController().signal, onProgress: () => undefined },
  };
  const sizes = await new FilmStudio().make(order, async ({ film }) => film.video.renditions.length);
  return { seconds: (performance.now() - started) / 1000, sizes };
}

/** Seconds of the bare command. */
async function runFloor(file, seconds) {
  const { filmArguments } = await built('video/film-arguments.js');
  const { ladder } = await built('video/film-ladder.js');
  const folder = await mkdtemp(join(tmpdir(), 'qafila-bench-film-'));
  const rate = { num: 30, den: 1 };
  const renditions = ladder(SIZE.width, SIZE.height, rate);
  for (const { name } of [...renditions, { name: 'audio' }])
    await mkdir(join(folder, 'hls', name), { recursive: true });
  const plan = { video: { index: 0, isHdr: false }, audio: { index: 1 } };
  const recipe = { container: 'mov', plan, durationMs: seconds * 1000, renditions, rate, gainDb: 0 };
  const started = performance.now();
  execFileSync('ffmpeg', filmArguments(file, folder, recipe), { stdio: ['ignore', 'ignore', 'inherit'] });
  const took = (performance.now() - started) / 1000;
  await rm(folder, { recursive: true, force: true });
  return took;
}

export async function run({ quick }) {
  const { seconds, rounds } = quick ? QUICK : FULL;
  await build();
  const folder = await mkdtemp(join(tmpdir(), 'qafila-bench-source-'));
  await chmod(folder, 0o755);
  try {
    const file = join(folder, 'source.mp4');
    shoot(file, seconds);
    const [ours, floor] = [[], []];
    let sizes = 0;
    for (let round = 0; round < rounds; round++) {
      const made = await runOurs(file);
      sizes = made.sizes;
      ours.push(made.seconds);
      floor.push(await runFloor(file, seconds));
    }
    const speed = (times) => Math.round((100 * seconds) / median(times)) / 100;
    return {
      name: 'a film in every size',
      unit: 'seconds of film/s',
      ours: speed(ours),
      floor: speed(floor),
      ratio: median(floor) / median(ours),
      bar: BAR,
      checks: {
        seconds,
        sizes,
        timesTheFloor: ours.map((each, i) => Math.round((100 * each) / floor[i]) / 100),
      },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await run({ quick: process.argv.includes('--quick') })));
  process.exit(0);
}
