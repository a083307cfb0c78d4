import type { Author } from './author.js';
import { fileForm, soundOf, speech } from './sounds.js';

const CARD = 'le-prix/carte-1';

/** Records the French words of the course's first card in a voice of so many hertz: no two of them are the same bytes. */
export async function recordCard({ t, token }: Author, tone: number): Promise<void> {
  const content = await soundOf(speech(1, 0.1, tone), 'a.webm', '-c:a', 'libopus');
  const form = await fileForm({ line: CARD, lang: 'fr' }, [{ field: 'sound', name: 'a.webm', content }]);
  const headers = { ...form.headers, authorization: `Bearer ${token}` };
  const sent = await t.inject({
    ...form,
    method: 'POST',
    url: '/api/v1/courses/tissage/recordings',
    headers,
  });
  expect(sent.statusCode).toBe(201);
}

/** Addresses of the course's recordings as its authors have them, in the order of the alphabet: private ones first. */
export async function recordedOf({ t, token }: Author): Promise<string[]> {
  const answer = await t.api('/courses/tissage/recordings', { token });
  return answer
    .json<{ items: { url: string }[] }>()
    .items.map(({ url }) => url)
    .sort();
}
