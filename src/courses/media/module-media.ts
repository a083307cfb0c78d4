import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { probeDurationMs } from '../../shared/listening/probe.js';
import {
  type CardBlock,
  type MediaManifest,
  type ModuleDocument,
  TEXT_LANGUAGES,
  type VideoScript,
} from '../course-file/course-document.js';
import { videoOf } from '../course-file/video-of.js';
import { renderCardAudio } from './card-audio.render.js';
import { cardAudioDigest, videoDigest } from './media-digest.js';
import { filesBelow, folderHash, sha256, type MediaFile } from '../../shared/film/media-files.js';
import { renderVideo } from './video.render.js';
import { type Voice } from './voice.js';

type ManifestVideo = NonNullable<MediaManifest['video']>;

/** What a module's media are made from: one digest for its video, one for each card's reading. */
interface Sources {
  readonly video: { readonly script: VideoScript; readonly digest: string } | undefined;
  /** A video that was filmed: it is not made here, and stays as it is. */
  readonly film: ManifestVideo | undefined;
  readonly cards: readonly { readonly card: CardBlock; readonly digest: string }[];
  /** Recordings put there by hand. */
  readonly recordings: readonly {
    readonly block: string;
    readonly lang: MediaManifest['audio'][number]['lang'];
  }[];
  readonly digest: string;
}

/** Media of one module, made again only where their sources changed. */
export class ModuleMedia {
  private readonly media: string;

  constructor(
    private readonly folder: string,
    private readonly module: ModuleDocument,
    private readonly voiceId: string,
  ) {
    this.media = join(folder, 'media');
  }

  /** Do the committed media fit the sources? */
  async isCurrent(): Promise<boolean> {
    const sources = await this.sources();
    const manifest = await this.manifest();
    if (manifest?.sourceDigest !== sources.digest) return false;
    const files = await filesBelow(this.media);
    return JSON.stringify(files) === JSON.stringify(manifest.files) && folderHash(files) === manifest.hash;
  }

  /** Renders what is not current; what is, stays byte for byte. Nothing is left half done. */
  async render(voice: Voice, log: (line: string) => void): Promise<void> {
    const sources = await this.sources();
    const before = await this.manifest();
    const next = `${this.media}.next`;
    await rm(next, { recursive: true, force: true });
    await mkdir(next, { recursive: true });
    try {
      const manifest = await this.renderInto(next, sources, before, voice, log);
      await writeFile(join(next, 'manifest.json'), `${JSON.stringify(manifest, null, 1)}\n`);
      const old = `${this.media}.old`;
      await rm(old, { recursive: true, force: true });
      await rename(this.media, old).catch(ignoreMissing);
      await rename(next, this.media);
      await rm(old, { recursive: true, force: true });
    } finally {
      await rm(next, { recursive: true, force: true });
    }
  }

  private async renderInto(
    out: string,
    sources: Sources,
    before: MediaManifest | undefined,
    voice: Voice,
    log: (line: string) => void,
  ): Promise<MediaManifest> {
    const video = sources.film
      ? await this.film(out, sources.film, before)
      : sources.video && (await this.video(out, sources.video, before, voice, log));
    const audio: MediaManifest['audio'][number][] = [];
    for (const source of sources.cards) audio.push(await this.cardAudio(out, source, before, voice, log));
    for (const { block, lang } of sources.recordings) audio.push(await this.recording(out, block, lang));
    const files = await filesBelow(out);
    const hash = folderHash(files);
    return { format: 1, hash, sourceDigest: sources.digest, ...(video ? { video } : {}), audio, files };
  }

  private async video(
    out: string,
    { script, digest }: NonNullable<Sources['video']>,
    before: MediaManifest | undefined,
    voice: Voice,
    log: (line: string) => void,
  ): Promise<ManifestVideo> {
    const last = before?.video;
    const files =
      before?.files.filter(({ path }) => /^(hls\/|tracks\/|captions\.|poster\.)/.test(path)) ?? [];
    if (last?.sourceDigest === digest && (await this.reuse(files, out))) return last;
    log(`video of ${this.module.slug}`);
    const lost = last?.audioTracks.flatMap(({ lang, track }) => (track ? [lang] : [])) ?? [];
    // They were as long as the pictures that are no more.
    if (lost.length > 0) log(`the languages added to it (${lost.join(', ')}) are to be recorded again`);
    return renderVideo(this.folder, script, voice, out, digest);
  }

  /** Takes a film over as it lies there, with the captions that were written beside it. */
  private async film(
    out: string,
    film: ManifestVideo,
    before: MediaManifest | undefined,
  ): Promise<ManifestVideo> {
    const files = before?.files.filter(({ path }) => /^(hls\/|tracks\/|poster\.)/.test(path)) ?? [];
    if (!(await this.reuse(files, out)))
      throw new Error(`the film of ${this.module.slug} is not whole: put its files below media/ back`);
    const captions: ManifestVideo['captions'][number][] = [];
    for (const lang of TEXT_LANGUAGES) {
      const known = film.captions.find((each) => each.lang === lang);
      const file = known?.file ?? `captions.${lang}.vtt`;
      const text = await readFile(join(this.media, file)).catch(ignoreMissing);
      if (!text) continue;
      await writeFile(join(out, file), text);
      captions.push({ ...(known ?? { lang, file }), bytes: text.length });
    }
    return { ...film, captions };
  }

  private async cardAudio(
    out: string,
    { card, digest }: Sources['cards'][number],
    before: MediaManifest | undefined,
    voice: Voice,
    log: (line: string) => void,
  ): Promise<MediaManifest['audio'][number]> {
    const last = before?.audio.find((entry) => entry.block === card.id && entry.lang === 'fr');
    const files = before?.files.filter(({ path }) => path === last?.file) ?? [];
    if (last?.sourceDigest === digest && files.length > 0 && (await this.reuse(files, out))) return last;
    log(`voice of ${this.module.slug}/${card.id}`);
    return renderCardAudio(card, voice, out, digest);
  }

  private async recording(
    out: string,
    block: string,
    lang: Sources['recordings'][number]['lang'],
  ): Promise<MediaManifest['audio'][number]> {
    const file = `${block}.${lang}.m4a`;
    await cp(join(this.media, file), join(out, file));
    const durationMs = await probeDurationMs(join(out, file));
    const bytes = (await readFile(join(out, file))).length;
    return { block, lang, file, synthetic: false, durationMs, bytes };
  }

  /** Copies files of the last rendering if every one is still what it was. */
  private async reuse(files: readonly MediaFile[], out: string): Promise<boolean> {
    for (const { path, sha256: digest } of files) {
      const bytes = await readFile(join(this.media, path)).catch(() => undefined);
      if (!bytes || sha256(bytes) !== digest) return false;
    }
    for (const { path } of files) {
      await mkdir(dirname(join(out, path)), { recursive: true });
      await cp(join(this.media, path), join(out, path));
    }
    return true;
  }

  private async sources(): Promise<Sources> {
    const cardBlocks = this.module.blocks.filter((block) => block.kind === 'card');
    const block = this.module.blocks.find((each) => each.kind === 'video');
    const script = block?.script;
    const video = script && { script, digest: await videoDigest(this.folder, script, this.voiceId) };
    const film = block && !script ? videoOf(block, await this.manifest()) : undefined;
    const cards = cardBlocks
      .filter((card) => card.audio.fr?.synthetic)
      .map((card) => ({ card, digest: cardAudioDigest(card, this.voiceId) }));
    const recordings = cardBlocks.flatMap((card) =>
      Object.entries(card.audio)
        .filter(([, audio]) => !audio.synthetic)
        .map(([lang]) => ({ block: card.id, lang: lang as Sources['recordings'][number]['lang'] })),
    );
    const digest = sha256(
      JSON.stringify([
        video?.digest ?? film?.hash,
        cards.map((each) => [each.card.id, each.digest]),
        recordings,
      ]),
    );
    return { video, film, cards, recordings, digest };
  }

  private async manifest(): Promise<MediaManifest | undefined> {
    const text = await readFile(join(this.media, 'manifest.json'), 'utf8').catch(ignoreMissing);
    return text === undefined ? undefined : (JSON.parse(text) as MediaManifest);
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
