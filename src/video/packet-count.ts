import { type Lengths, type Plan } from './film-probe.js';

/** Seconds of a picture whose length is not said. */
const USUAL = 1 / 30;

/** Adds up ffprobe's lines of packets, `index,pts,duration,flags` in seconds, to how long a file really is. */
export class PacketCount {
  /** Of all streams. */
  packets = 0;
  private pictures = 0;
  private start = Infinity;
  private videoEnd = 0;
  private audioEnd = 0;

  constructor(private readonly plan: Plan) {}

  add(line: string): void {
    const [index = '', pts = '', duration = '', flags = ''] = line.split(',');
    if (index === '') return;
    this.packets += 1;
    const isVideo = Number(index) === this.plan.video.index;
    if (!isVideo && Number(index) !== this.plan.audio?.index) return;
    // What an edit list cuts off is read and not shown.
    if (flags.includes('D')) return;
    if (isVideo) this.pictures += 1;
    const at = Number(pts);
    if (!Number.isFinite(at)) return;
    const lasts = Number(duration);
    const end = at + (lasts > 0 ? lasts : isVideo ? USUAL : 0);
    // Before zero a codec warms up.
    if (at >= 0) this.start = Math.min(this.start, at);
    if (isVideo) this.videoEnd = Math.max(this.videoEnd, end);
    else this.audioEnd = Math.max(this.audioEnd, end);
  }

  lengths(): Lengths {
    const start = Number.isFinite(this.start) ? this.start : 0;
    const ms = (end: number): number => Math.max(0, Math.round((end - start) * 1000));
    return { pictures: this.pictures, videoMs: ms(this.videoEnd), audioMs: ms(this.audioEnd) };
  }
}
