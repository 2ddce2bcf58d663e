// Which pages a made-up handbook has, before any text is written, so that each page can link to any other.

const PAGES_IN_SECTION = 40;
// More would make the menu of every page long, so a larger handbook has parts, with the sections in them.
const SECTIONS_IN_PART = 25;

/**
 * Sections of pages, each page with its headings.
 * @param headingsOf makes the headings of one more page of the section with that number
 */
export function outline(pages, writer, headingsOf) {
  const count = Math.ceil(pages / PAGES_IN_SECTION);
  let part = null;
  return Array.from({ length: count }, (_, number) => {
    if (count > SECTIONS_IN_PART && number % SECTIONS_IN_PART === 0) {
      const title = writer.heading();
      part = { title, folder: title.slug };
    }
    const title = writer.heading();
    const folder = part ? `${part.folder}/${title.slug}` : title.slug;
    const here = Math.min(PAGES_IN_SECTION, pages - number * PAGES_IN_SECTION);
    const own = Array.from({ length: here }, () => {
      const title = writer.heading();
      return { title, path: `${folder}/${title.slug}`, headings: headingsOf(number) };
    });
    return { part, number, title, folder, pages: own };
  });
}

export function partsOf(sections) {
  return [...new Set(sections.map(({ part }) => part))].filter(Boolean);
}

/** How to get from a page to the folder `content`. */
export function upFrom({ path }) {
  return '../'.repeat(path.split('/').length - 1);
}
