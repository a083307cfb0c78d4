import { s3PlaceOf } from './storage-place.js';

describe('A place for files in S3', () => {
  it('is Amazon’s where no other is named, with the bucket in the host', () => {
    expect(s3PlaceOf('s3://AKIA:secret@qafila-media?region=eu-west-3')).toEqual({
      endpoint: 'https://s3.eu-west-3.amazonaws.com',
      ...{ region: 'eu-west-3', bucket: 'qafila-media', prefix: '', pathStyle: false },
      ...{ accessKeyId: 'AKIA', secretAccessKey: 'secret' },
    });
  });

  it('is any other’s by its endpoint, with the bucket in the path, keys decoded', () => {
    expect(s3PlaceOf('s3://test%3Atester:a%2Fb%2Bc@media/one/two/?endpoint=http://127.0.0.1:9000')).toEqual({
      endpoint: 'http://127.0.0.1:9000',
      ...{ region: 'us-east-1', bucket: 'media', prefix: 'one/two/', pathStyle: true },
      ...{ accessKeyId: 'test:tester', secretAccessKey: 'a/b+c' },
    });
    expect(s3PlaceOf('s3://k:s@media?endpoint=https://objects.example&style=host')?.pathStyle).toBe(false);
  });

  it.each([
    'file:var/media',
    's3://media',
    's3://key@media',
    's3://key:secret@',
    's3://key:secret@Media',
    's3://key:secret@media:9000',
    's3://key:%zz@media',
    's3://key:secret@media/a b',
    's3://key:secret@media?endpoint=host',
    's3://key:secret@media?endpoint=https://host/path',
    's3://key:secret@media?endpoint=https://user@host',
    's3://key:secret@media?style=virtual',
    's3://key:secret@media?region=a/b',
    's3://key:secret@media?colour=blue',
  ])('is not %s', (text) => {
    expect(s3PlaceOf(text)).toBeUndefined();
  });
});
