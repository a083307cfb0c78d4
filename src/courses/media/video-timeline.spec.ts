import { type VideoScene } from '../course-file/course-document.js';
import { RHYTHM, videoTimeline } from './video-timeline.js';

const scene = (id: string, lines: number, minSeconds = 0): VideoScene => ({
  id,
  picture: `images/${id}.svg`,
  narration: { fr: Array<string>(lines).fill('Bonjour.') },
  caption: { fr: [], ar: [] },
  minSeconds,
  camera: [],
});

describe('videoTimeline', () => {
  const timeline = videoTimeline(
    { poster: 'a', scenes: [scene('a', 2), scene('b', 1, 10)] },
    [1000, 2000, 1500],
  );

  it('says the lines one after the other with a breath between', () => {
    expect(timeline.lines.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [500, 1500],
      [2000, 4000],
      [4900, 6400],
    ]);
  });

  it('begins a step with each line and the first with the scene', () => {
    expect(timeline.scenes.map((each) => each.stepStartsMs)).toEqual([[0, 2000], [4450]]);
  });

  it('keeps a scene at least its minSeconds, and scenes without a gap', () => {
    expect(timeline.scenes.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 4450],
      [4450, 14_450],
    ]);
    expect(timeline.durationMs).toBe(14_450);
  });

  it('leaves a tail after the last word', () => {
    const short = videoTimeline({ poster: 'a', scenes: [scene('a', 1)] }, [1000]);
    expect(short.durationMs).toBe(RHYTHM.lead + 1000 + RHYTHM.tail);
  });
});
