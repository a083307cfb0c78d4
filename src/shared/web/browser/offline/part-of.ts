const RANGE = /^bytes=(\d*)-(\d*)$/;

/** What a player asked of a stored file: all of it, or the bytes it named (RFC 9110 §14). */
export async function partOf(stored: Response, range: string | null): Promise<Response> {
  const [, first = '', last = ''] = RANGE.exec(range ?? '') ?? [];
  if (first === '' && last === '') return stored;
  const content = await stored.blob();
  const { size, type } = content;
  // `-500` are the last 500 bytes.
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end)
    return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } });
  return new Response(content.slice(start, end + 1, type), {
    status: 206,
    headers: {
      ...{ 'content-type': type, 'content-length': String(end - start + 1), 'accept-ranges': 'bytes' },
      'content-range': `bytes ${start}-${end}/${size}`,
    },
  });
}
