/** Bundles TypeScript of ours (path from the repository's root) with all its packages into one file; returns `outfile`. */
export function bundle(entry: string, outfile: string): Promise<string>;
