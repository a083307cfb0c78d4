import { decibels, rootMeanSquare } from './level.js';

/** Milliseconds between two looks at the level. */
const LOOK_MS = 100;

/** What is recorded, and what is checked, comes through the same microphone with the same settings. */
const SETTINGS: MediaStreamConstraints = {
  audio: { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: false },
};

/** A microphone that is open, and how loud it is. */
export class Microphone {
  private timer: ReturnType<typeof setInterval> | undefined;

  private constructor(
    readonly stream: MediaStream,
    private readonly context: AudioContext,
    private readonly analyser: AnalyserNode,
  ) {}

  /** Asks for the microphone; the browser asks the person. */
  static async open(): Promise<Microphone> {
    const stream = await navigator.mediaDevices.getUserMedia(SETTINGS);
    const context = new AudioContext();
    await context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 4096;
    context.createMediaStreamSource(stream).connect(analyser);
    return new Microphone(stream, context, analyser);
  }

  /** Tells the level ten times a second. */
  watch(tell: (db: number) => void): void {
    const samples = new Float32Array(this.analyser.fftSize);
    clearInterval(this.timer);
    this.timer = setInterval(() => {
      this.analyser.getFloatTimeDomainData(samples);
      tell(decibels(rootMeanSquare(samples)));
    }, LOOK_MS);
  }

  /** Closes it: the sign that the browser shows goes out. */
  close(): void {
    clearInterval(this.timer);
    for (const track of this.stream.getTracks()) track.stop();
    void this.context.close();
  }
}
