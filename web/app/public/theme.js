// Runs before the first paint, so that a chosen theme never flashes. A file and not inline: the content security policy forbids inline script.
try {
  const theme = localStorage.getItem('patchbay.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be blocked; the system theme stays.
}
