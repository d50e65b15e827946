/*
 * Copies text.  The clipboard interface exists only on HTTPS and localhost;
 * elsewhere the old command copies from a field, which must stand inside the
 * open dialog, for the rest of the page is inert.
 */
export async function copyText(text: string, near?: Element | null): Promise<boolean> {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      /* refused by the browser: try the old way */
    }
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'sr-only';
  (near?.closest('dialog') ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}
