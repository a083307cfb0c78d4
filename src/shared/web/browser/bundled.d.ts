/** What the build makes for a script of the browser. */

/** A view, compiled: the phone has no compiler of views. */
declare module '*.hbs' {
  import type Handlebars from 'handlebars';
  export const view: Parameters<typeof Handlebars.template>[0];
}

/** The bodies of the icons by their names. */
declare module 'built:icons' {
  export const icons: Readonly<Record<string, string>>;
}
