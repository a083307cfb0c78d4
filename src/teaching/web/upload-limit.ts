/** Bytes of a form with a photo: a photo that is a little too large is still told its own limit of 5 MB. */
export const UPLOAD_BYTES = 8 * 1024 * 1024;
