export async function buildAssets() {}
