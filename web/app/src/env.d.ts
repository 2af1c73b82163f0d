declare module 'virtual:pb-icons' {
  /** Inner SVG of each icon by name, on a 24 grid. */
  export const icons: Readonly<Record<string, string>>;
}
