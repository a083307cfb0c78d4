import { CHANGE, pictureAt, steppedPicture } from './picture-steps.js';

const SVG = `<svg viewBox="0 0 1280 720"><g data-show="2" data-hide="3"><a/></g><g data-move="1 -60 0; 2 0 20"><b/></g><g fill="red"/></svg>`;
const picture = steppedPicture(SVG);
const STARTS = [0, 2000, 4000];
const at = (ms: number): string => pictureAt(picture, STARTS, [], ms);

describe('pictureAt', () => {
  it('shows, hides and moves groups at their steps', () => {
    expect(at(0)).toBe(
      '<svg viewBox="0 0 1280 720"><g display="none"><a/></g><g transform="translate(-60 0)"><b/></g><g fill="red"/></svg>',
    );
    expect(at(2000 + CHANGE.fade / 2)).toContain('<g opacity="0.5"><a/>');
    expect(at(2000 + CHANGE.glide / 2)).toContain('<g transform="translate(-30 10)"><b/>');
    expect(at(3500)).toContain('<g><a/></g><g transform="translate(0 20)"><b/>');
    expect(at(5000)).toContain('<g display="none"><a/>');
  });

  it('is the same text while nothing changes, so that a picture is drawn once', () => {
    expect(at(1999)).toBe(at(0));
    expect(at(2000 + CHANGE.glide)).toBe(at(4000));
  });

  it('glides the camera inside the drawing', () => {
    const camera = [{ step: 2, x: 1280, y: 0, zoom: 2 }];
    const box = (ms: number): string =>
      /viewBox="([^"]*)"/.exec(pictureAt(picture, STARTS, camera, ms))?.[1] ?? '';
    expect(box(0)).toBe('0 0 1280 720');
    expect(box(2000 + CHANGE.camera)).toBe('640 0 640 360');
    expect(Number(box(2600).split(' ')[2])).toBeCloseTo(1280 / Math.SQRT2, 1);
  });
});
