/** A bucket of a store that speaks the S3 protocol, and who asks for it. */
export interface S3Place {
  /** Scheme, host and port, without a path. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Put before the name of each file; empty, or ends with a slash. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** True: `host/bucket/key`; false: `bucket.host/key`. */
  readonly pathStyle: boolean;
}

const OPTIONS = ['endpoint', 'region', 'style'];
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[\w.-]+(\/[\w.-]+)*$/;

export const S3_SHAPE =
  's3://KEY:SECRET@bucket/prefix?endpoint=https://host&region=us-east-1&style=path (key and secret percent-encoded)';

/**
 * Reads `s3://KEY:SECRET@bucket/prefix?endpoint=…&region=…&style=path|host`. Without an endpoint it is Amazon's, with the
 * bucket in the host's name; any other is asked with the bucket in the path unless `style=host`.
 *
 * @returns undefined when it is not of that shape
 */
export function s3PlaceOf(text: string): S3Place | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 's3:' || url.port !== '' || url.hash !== '') return undefined;
  const [accessKeyId, secretAccessKey] = [decoded(url.username), decoded(url.password)];
  const path = url.pathname.replace(/^\/+|\/+$/g, '');
  const options = [...url.searchParams.keys()];
  if (!accessKeyId || !secretAccessKey || !BUCKET.test(url.hostname)) return undefined;
  if ((path !== '' && !PREFIX.test(path)) || options.some((name) => !OPTIONS.includes(name)))
    return undefined;
  const region = url.searchParams.get('region') ?? 'us-east-1';
  const given = url.searchParams.get('endpoint');
  const endpoint = originOf(given ?? `https://s3.${region}.amazonaws.com`);
  const style = url.searchParams.get('style') ?? (given === null ? 'host' : 'path');
  if (!/^[a-z0-9-]+$/.test(region) || !endpoint || !['path', 'host'].includes(style)) return undefined;
  return {
    ...{ endpoint, region, bucket: url.hostname, prefix: path === '' ? '' : `${path}/` },
    ...{ accessKeyId, secretAccessKey, pathStyle: style === 'path' },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** @returns undefined for anything but `http(s)://host[:port]` */
function originOf(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBare =
    url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search + url.hash === '';
  return isBare && url.username === '' ? url.origin : undefined;
}
