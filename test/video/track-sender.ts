import { fileForm } from '../courses/sounds.js';
import { submitted } from '../support/forms.js';
import type { FilmSet } from './films.js';

/** Sends sounds to the booth of a film, as its form does. */
export function givenTrackSender(set: FilmSet, booth: string) {
  /** With these fields, whatever the page says. */
  async function sent(fields: Readonly<Record<string, string>>, sound: Buffer) {
    const form = await fileForm(fields, [{ field: 'sound', name: 'voice.wav', content: sound }]);
    const headers = { authorization: `Bearer ${set.a.token}`, ...form.headers };
    return set.a.t.inject({ method: 'POST', url: booth, payload: form.payload, headers });
  }

  /** With what the page that is opened for it says. */
  async function send(lang: string, sound: Buffer, more: Readonly<Record<string, string>> = {}) {
    const page = (await set.a.get(`${booth}?lang=${lang}`)).body;
    const fields = Object.fromEntries(
      submitted(page, 'data-booth-form').filter(([name]) => name !== 'sound'),
    );
    return sent({ ...fields, ...more }, sound);
  }

  return { send, sent };
}
