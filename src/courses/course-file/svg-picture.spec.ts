import { pictureProblems } from './svg-picture.js';

const picture = (inside: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6">${inside}</svg>`;
const reasons = (svg: string): string[] => pictureProblems(svg).map((problem) => problem.reason);

describe('pictureProblems', () => {
  it('accepts shapes, steps, comments and references inside the drawing', () => {
    const svg = `<?xml version="1.0"?>\n<!-- a -->${picture(
      '<defs><g id="a"/></defs><use href="#a" fill="url(#b)"/><g data-show="2" data-hide="3" data-move="1 -5 0; 2 0 0.5"><path d="M0 0"/></g>',
    )}`;
    expect(pictureProblems(svg)).toEqual([]);
  });

  it.each([
    ['<script/>', '<script> is not allowed in a picture'],
    ['<foreignObject/>', '<foreignObject> is not allowed in a picture'],
    ['<image href="#a"/>', '<image> is not allowed in a picture'],
    ['<style>p{}</style>', '<style> is not allowed in a picture'],
    ['<g onload="x()"/>', 'the attribute onload is not allowed in a picture'],
    ['<use href="http://example.org/#a"/>', 'refers to something outside the drawing'],
    ['<use xlink:href="b.svg#a"/>', 'refers to something outside the drawing'],
    ['<g fill="url(http://example.org/a)"/>', 'refers to something outside the drawing'],
    ['<g fill="u&#114;l(&quot;x)"/>', 'refers to something outside the drawing'],
    ['<g style="fill: \\75rl(x)"/>', 'refers to something outside the drawing'],
    ['<g data-show="0"/>', 'data-show must be the number of a step'],
    ['<g data-move="1 left"/>', 'data-move must be "step dx dy; step dx dy"'],
    ['<circle data-show="2"/>', 'data-show, data-hide and data-move stand on <g> only'],
    ['<g data-show="2" transform="scale(2)"/>', 'a group with steps has no transform or opacity of its own'],
    ['<g>', 'closes </svg> where <g> is open'],
    ['<g a=b/>', 'is not well-formed XML'],
    ['<![CDATA[x]]>', 'has a declaration or CDATA; leave it out'],
  ])('refuses %s', (inside, reason) => expect(reasons(picture(inside))).toContain(reason));

  it('refuses a doctype, with its entities', () => {
    expect(reasons(`<!DOCTYPE svg [<!ENTITY a "b">]>${picture('')}`)).toContain(
      'has a declaration or CDATA; leave it out',
    );
  });

  it('refuses a root without viewBox and a drawing over 60 KiB', () => {
    expect(reasons('<svg/>')).toEqual(['needs viewBox="0 0 width height"']);
    expect(reasons(picture(' '.repeat(61_440)))).toEqual(['is larger than 60 KiB']);
  });

  it('only warns about text', () => {
    expect(pictureProblems(picture('<text>a</text>')).map((problem) => problem.severity)).toEqual([
      'warning',
    ]);
  });
});
