import { readFileSync } from 'node:fs';
import { LOCALES, t } from '../shared/i18n/i18n.js';
import { pictureProblems } from '../courses/public.js';
import { drawingOf, PICTURES } from './pictures.js';

it.each([...PICTURES])('the drawing %s is safe, small and described in three languages', (name) => {
  const svg = readFileSync(new URL(`./pictures/${name}.svg`, import.meta.url), 'utf8');
  expect(pictureProblems(svg)).toEqual([]);
  expect(svg.length).toBeLessThan(4000);
  expect(drawingOf(name)?.toString('utf8')).toBe(svg);
  for (const locale of LOCALES) expect(t(locale, `practice:picture.${name}`)).not.toBe('');
});

it('knows no other drawing', () => expect(drawingOf('../practice.module')).toBeUndefined());
