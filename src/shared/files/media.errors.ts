/** A media file is not the one its manifest names: it was changed by hand or broke on its way. */
export class MediaFileChanged extends Error {
  constructor(file: string) {
    super(`${file} is not the file its manifest.json describes: render the media again`);
    this.name = 'MediaFileChanged';
  }
}
