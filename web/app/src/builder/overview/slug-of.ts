const longest = 50;

/** A slug from a name (DI-06), as the server makes one: "OpenWeatherMap" gives "openweathermap", "Größe & Co" gives "grosse-co". */
export function slugOf(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const slug = words === '' || /^[a-z]/.test(words) ? words : `connector-${words}`;
  return slug.slice(0, longest).replace(/-+$/, '');
}
