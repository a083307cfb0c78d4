/** For the file field of a form: what a phone would send otherwise it turns into one of these. */
export const PHOTO_ACCEPT = 'image/jpeg,image/png,image/webp,image/avif';
