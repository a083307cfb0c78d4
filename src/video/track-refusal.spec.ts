import { FilmFailed, FilmRefused } from './film.errors.js';
import { trackRefusal } from './track-refusal.js';

describe('what somebody is told who sent a sound', () => {
  const told = (error: unknown, limitMs = 60_000) => trackRefusal(error, limitMs);
  const systemError = (code: string) => Object.assign(new Error(code), { code });

  it('names the seconds that this sound was given', () => {
    expect(told(new FilmFailed('too-slow'), 420_000)).toMatchObject({
      code: 'recording-too-slow',
      params: { seconds: 420 },
    });
  });

  it.each([new FilmFailed('no-room'), systemError('ENOSPC'), systemError('EDQUOT')])(
    'says of a full disk that there is no room: %s',
    (error) => expect(told(error)).toMatchObject({ code: 'video-no-room', kind: 'unavailable' }),
  );

  it('says of a server that stops that it is busy', () => {
    expect(told(new FilmFailed('interrupted'))).toMatchObject({ code: 'track-busy', kind: 'unavailable' });
  });

  it('blames the file where it is at fault, and leaves anything else as it is', () => {
    expect(told(new FilmRefused('codec'))).toMatchObject({ code: 'recording-not-sound' });
    expect(told(new FilmRefused('damaged', { why: 'bits' }))).toMatchObject({
      code: 'recording-corrupt',
      params: { why: 'bits' },
    });
    const other = systemError('EACCES');
    expect(told(other)).toBe(other);
  });
});
