/** In no recording; it stands in every document once, so that entities are seen to be read. */
export const remark = { written: 'Intel &amp; &lt;other&gt;', read: 'Intel & <other>' } as const;
