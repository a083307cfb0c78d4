import { webVtt } from './captions.js';
import { videoTimeline } from './video-timeline.js';

const script = {
  poster: 'a',
  scenes: [
    {
      id: 'a',
      picture: 'images/a.svg',
      narration: { fr: ['Un.', 'Deux.'] },
      caption: {
        fr: ['Un & un <deux>.', 'Une ligne assez longue pour tenir sur deux rangs.'],
        ar: ['واحد.', 'اثنان.'],
      },
      minSeconds: 0,
      camera: [],
    },
  ],
};
const timeline = videoTimeline(script, [61_000, 1234]);

describe('webVtt', () => {
  it('times each line, escapes marks and breaks long captions near the middle', () => {
    expect(webVtt(script, timeline, 'fr')).toBe(
      [
        'WEBVTT\n',
        '1\n00:00:00.500 --> 00:01:01.500\nUn &amp; un &lt;deux&gt;.\n',
        '2\n00:01:02.000 --> 00:01:03.234\nUne ligne assez longue\npour tenir sur deux rangs.\n',
      ].join('\n'),
    );
  });

  it('marks Arabic rows right to left', () => {
    expect(webVtt(script, timeline, 'ar')).toContain('\n\u200Fواحد.\n');
  });
});
