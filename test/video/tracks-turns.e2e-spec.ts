import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CourseDraftStore } from '../../src/courses/authoring/course-draft.store.js';
import { FileStore } from '../../src/shared/files/file-store.js';
import { type OneAtATime } from '../../src/video/one-at-a-time.js';
import { TrackStudio } from '../../src/video/track-studio.service.js';
import { HOME, wordsOf } from '../courses/author.js';
import { soundOf, speech } from '../courses/sounds.js';
import {
  FILMED,
  type FilmSet,
  givenFilmSet,
  givenStage,
  lufsOf,
  pictures,
  type Stage,
  tone,
  X264,
} from './films.js';
import { givenTrackSender } from './track-sender.js';

jest.setTimeout(30_000);

const SECONDS = 5;
const vtt = (text: string): string => `WEBVTT\n\n00:01.000 --> 00:03.000\n${text}\n`;
/** A sound on the left channel alone, and one that its right channel takes back. */
const LEFT = `aevalsrc='0.2*sin(2*PI*220*t)*abs(sin(2*PI*2*t))|0':c=stereo:d=4:s=48000`;
const OPPOSITE = `aevalsrc='0.2*sin(2*PI*220*t)|-0.2*sin(2*PI*220*t)':c=stereo:d=4:s=48000`;

describe('a sound for a film', () => {
  let stage: Stage;
  let set: FilmSet;
  let booth: string;
  let block: string;
  let sound: Buffer;
  let turn: OneAtATime;

  beforeAll(async () => {
    stage = await givenStage();
    set = await givenFilmSet();
    booth = `${HOME}/languages/${FILMED}/${set.part}`;
    block = `${HOME}/parts/${FILMED}/${set.part}`;
    const file = await stage.shoot('wide.mp4', ...pictures('640x360', SECONDS), ...tone(SECONDS), ...X264);
    expect(await set.film(file, 'ary')).toMatchObject({ state: 'placed' });
    sound = await soundOf(speech(4), 'voice.wav');
    turn = Reflect.get(set.a.t.app.get(TrackStudio), 'turn') as OneAtATime;
  });
  afterAll(async () => {
    await set.close();
    await stage.clear();
  });

  const send = (lang: string, content = sound) => givenTrackSender(set, booth).send(lang, content);

  /** Keeps the turn until it is told to let go. */
  function hold(): { letGo: () => void; over: Promise<void> } {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    return { letGo, over: turn.take(new AbortController().signal, () => held) };
  }

  async function untilTaken(size: number): Promise<void> {
    for (let tries = 0; turn.size < size && tries < 500; tries += 1) await sleep(20);
    expect(turn.size).toBe(size);
  }

  const openDraft = () => set.a.t.app.get(CourseDraftStore).find(set.courseId);
  const languages = async () => {
    const video = await set.fetchFilm(await mkdtemp(join(stage.folder, 'fetched-')));
    return video.audioTracks.map(({ lang }) => lang);
  };

  it('is as loud as all films when it is on one channel only, and silent when its channels undo each other', async () => {
    expect((await send('rif', await soundOf(LEFT, 'voice.wav'))).statusCode).toBe(303);
    const folder = await mkdtemp(join(stage.folder, 'fetched-'));
    await set.fetchFilm(folder);
    expect(await lufsOf(join(folder, 'tracks/rif/index.m3u8'))).toBeCloseTo(-16, 0);
    const opposite = await send('zgh', await soundOf(OPPOSITE, 'voice.wav'));
    expect([opposite.statusCode, wordsOf(opposite.body)]).toEqual([422, expect.stringContaining('n’entend')]);
  });

  it('is refused with a reason where the disk of the file store is full', async () => {
    const before = await set.revisions();
    const files = set.a.t.app.get(FileStore);
    Object.assign(files, { put: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) });
    const answer = await send('fr');
    Reflect.deleteProperty(files, 'put');
    expect([answer.statusCode, wordsOf(answer.body)]).toEqual([
      503,
      expect.stringContaining('Il n’y a pas assez de place sur le serveur'),
    ]);
    expect(await set.revisions()).toBe(before);
    expect(await stage.scratch()).toEqual([]);
  });

  it('waits while another is made, and is told to come again where four wait', async () => {
    const first = hold();
    const three = [hold(), hold(), hold()];
    const fourth = send('fr');
    await untilTaken(5);
    const fifth = await send('ar');
    expect([fifth.statusCode, wordsOf(fifth.body)]).toEqual([
      503,
      expect.stringContaining('Le serveur ne peut pas prendre ce son maintenant'),
    ]);
    for (const { letGo } of [first, ...three]) letGo();
    expect((await fourth).statusCode).toBe(303);
    expect(turn.size).toBe(0);
    expect((await send('ar')).statusCode).toBe(303);
  });

  it('is kept in a new draft when the one that it was made for is published or discarded meanwhile', async () => {
    await set.a.save(block, { 't:/title/fr': 'L’atelier', 't:/title/ar': 'الورشة' });
    await set.a.post(`${block}/video`, [
      ['captions-fr', vtt('Voici l’atelier.')],
      ['captions-ar', vtt('هذه هي الورشة.')],
      ['revision', String(await set.revisions())],
    ]);
    const publishing = hold();
    const kept = send('zgh');
    await untilTaken(2);
    expect((await set.a.publish()).json()).toEqual({ version: 2 });
    publishing.letGo();
    expect((await kept).statusCode).toBe(303);
    expect(await languages()).toEqual(['ary', 'rif', 'ar', 'fr', 'zgh']);

    const discarding = hold();
    const again = send('zgh');
    await untilTaken(2);
    await discard();
    discarding.letGo();
    // The draft's sound in this language went with it: this one was recorded over another.
    expect((await again).statusCode).toBe(409);
    const third = hold();
    const other = send('zgh');
    await untilTaken(2);
    await discard();
    third.letGo();
    expect((await other).statusCode).toBe(303);
    expect(await languages()).toContain('zgh');
    await discard();
  });

  it('opens no draft at the address of a block that is not there', async () => {
    expect(await openDraft()).toBeUndefined();
    expect((await set.a.get(`${HOME}/languages/${FILMED}/carte-9`)).statusCode).toBe(404);
    expect((await set.a.get(`${HOME}/languages/99-rien/${set.part}`)).statusCode).toBe(404);
    expect(await openDraft()).toBeUndefined();
    expect((await set.a.get(booth)).statusCode).toBe(200);
    expect(await openDraft()).toBeDefined();
  });

  it('is let go of when the server stops, at work or waiting', async () => {
    const sent = [send('rif'), send('fr')];
    await untilTaken(2);
    set.a.t.app.get(TrackStudio).onModuleDestroy();
    expect((await Promise.all(sent)).map(({ statusCode }) => statusCode)).toEqual([503, 503]);
    expect(await stage.scratch()).toEqual([]);
  });

  async function discard(): Promise<void> {
    await set.a.post(HOME, [['op', 'discard']]);
    expect(await openDraft()).toBeUndefined();
  }
});
