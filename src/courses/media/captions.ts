import { type VideoScript } from '../course-file/course-document.js';
import { type VideoTimeline } from './video-timeline.js';

/** Characters; a longer caption breaks into two rows. */
const ROW = 42;
/** Marks that make a row read right to left in a player that does not look at the text's own direction. */
const RTL_MARK = '\u200F';

/** The captions of a video as WebVTT, each line standing while it is said. */
export function webVtt(script: VideoScript, timeline: VideoTimeline, language: 'fr' | 'ar'): string {
  const texts = script.scenes.flatMap((scene) => scene.caption[language]);
  const cues = timeline.lines.map((line) => {
    const rows = rowsOf(texts[line.index] ?? '');
    const text = language === 'ar' ? rows.map((row) => `${RTL_MARK}${row}`).join('\n') : rows.join('\n');
    return `${line.index + 1}\n${timestamp(line.startMs)} --> ${timestamp(line.endMs)}\n${text}\n`;
  });
  return `WEBVTT\n\n${cues.join('\n')}`;
}

function rowsOf(caption: string): string[] {
  const text = caption.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  if (caption.length <= ROW) return [text];
  const middle = text.length / 2;
  const spaces = [...text.matchAll(/ /g)].map((match) => match.index);
  const nearest = spaces.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  return nearest === undefined ? [text] : [text.slice(0, nearest), text.slice(nearest + 1)];
}

function timestamp(ms: number): string {
  const whole = Math.round(ms);
  const part = (value: number, digits: number): string => String(Math.floor(value)).padStart(digits, '0');
  return `${part(whole / 3_600_000, 2)}:${part((whole / 60_000) % 60, 2)}:${part((whole / 1000) % 60, 2)}.${part(whole % 1000, 3)}`;
}
