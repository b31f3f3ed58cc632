/** Whether a text fits a glob: `*` is any run of characters, `?` any one. Takes time in proportion to both lengths' product. */
export function fitsGlob(glob: string, text: string): boolean {
  let atGlob = 0;
  let atText = 0;
  let star = -1;
  let resume = 0;
  while (atText < text.length) {
    if (glob[atGlob] === '*') {
      star = atGlob++;
      resume = atText;
    } else if (glob[atGlob] === '?' || glob[atGlob] === text[atText]) {
      atGlob++;
      atText++;
    } else if (star >= 0) {
      atGlob = star + 1;
      atText = ++resume;
    } else return false;
  }
  while (glob[atGlob] === '*') atGlob++;
  return atGlob === glob.length;
}
