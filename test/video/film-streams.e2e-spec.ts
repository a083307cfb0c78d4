import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FilmStreams } from '../../src/video/web/film-streams.js';
import { type FilmSet, givenFilmSet, givenStage, type Stage } from './films.js';

describe('the events of a film', () => {
  let stage: Stage;
  let set: FilmSet;
  let port: number;
  let path: string;
  beforeAll(async () => {
    stage = await givenStage();
    set = await givenFilmSet();
    const file = join(stage.folder, 'sent.mp4');
    await writeFile(file, 'nobody works on it here');
    path = `/api/v1/films/${await set.send(file)}/events`;
    await set.a.t.app.listen(0, '127.0.0.1');
    port = (set.a.t.app.getHttpServer().address() as AddressInfo).port;
  });
  afterAll(async () => {
    set.a.t.app.get(FilmStreams).onModuleDestroy();
    await set.close();
    await stage.clear();
  });

  /** Asks for the events and leaves so many milliseconds later, as somebody who turns pages does. */
  async function askAndLeave(afterMs: number): Promise<void> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${set.a.token}\r\n\r\n`);
    await sleep(afterMs);
    socket.destroy();
  }

  it('hold no place for readers who left at once', async () => {
    for (let n = 0; n < 10; n++) await askAndLeave(n);
    // Longer than the time between two looks.
    await sleep(1500);
    const control = new AbortController();
    const open = await Promise.all(
      Array.from({ length: 7 }, () =>
        fetch(`http://127.0.0.1:${port}${path}`, {
          headers: { authorization: `Bearer ${set.a.token}` },
          signal: control.signal,
        }),
      ),
    );
    // All six places are free, and no more than six.
    expect(open.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 429]);
    control.abort();
  });
});
