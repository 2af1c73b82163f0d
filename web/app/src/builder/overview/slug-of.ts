const longest = 60;

/** A slug from a name (DI-06): "OpenWeatherMap" gives "openweathermap", "Größe & Co 2" gives "groesse-co-2". */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+/, '');
  return slug.slice(0, longest).replace(/-+$/, '');
}
